// SPDX-License-Identifier: Apache-2.0
#include "pdf_press.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QPdfWriter>

#include "crypto/secure_bytes.h"
#include "sheet.h"

namespace sotto::platform {

namespace {

constexpr int kDotsPerInch = 300;
constexpr double kMarginMm = 16;
constexpr double kFooterMm = 8;
constexpr std::int64_t kMostPoints = 100'000'000;
constexpr int kLongestSide = 2200;  ///< a page of letter size at 200 dots per inch
constexpr int kShortestSide = 600;
constexpr int kQuality = 70;

QPageSize pageSizeOf(consent::PageSize size) {
    switch (size) {
        case consent::PageSize::A4:
            return QPageSize(QPageSize::A4);
        case consent::PageSize::A5:
            return QPageSize(QPageSize::A5);
        case consent::PageSize::Letter:
            break;
    }
    return QPageSize(QPageSize::Letter);
}

Bytes takeBytes(QByteArray& from) {
    Bytes bytes(from.begin(), from.end());
    crypto::wipe({reinterpret_cast<std::uint8_t*>(from.data()), static_cast<std::size_t>(from.size())});
    return bytes;
}

void paintPages(QPdfWriter& writer, Sheet& sheet, double footer) {
    QPainter painter(&writer);
    const QSizeF page(writer.width(), writer.height() - footer);
    QTextDocument& text = sheet.layOut(writer, page);
    const int pages = text.pageCount();
    for (int i = 0; i < pages; ++i) {
        if (i > 0) writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, Qt::black);
        context.clip = QRectF(0, i * page.height(), page.width(), page.height());
        painter.setClipRect(context.clip);
        text.documentLayout()->draw(&painter, context);
        painter.restore();
        sheet.drawFooter(painter, QRectF(0, page.height(), page.width(), footer), i + 1, pages);
    }
}

}  // namespace

Result<Bytes> PdfPress::print(const consent::Document& document, consent::PageSize size) const {
    if (document.papers.empty()) return fail(ErrorCode::InvalidArgument, "there is nothing to put on paper");
    QByteArray pdf;
    QBuffer buffer(&pdf);
    if (!buffer.open(QIODevice::WriteOnly)) return fail(ErrorCode::IoFailed, "no memory for a document");
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(kDotsPerInch);
        writer.setPageSize(pageSizeOf(size));
        writer.setPageMargins(QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
        writer.setCreator(QStringLiteral("Sotto"));
        Sheet sheet(document, size == consent::PageSize::A5);
        paintPages(writer, sheet, kFooterMm / 25.4 * kDotsPerInch);
    }
    return takeBytes(pdf);
}

Result<consent::Attachment> PdfPress::picture(ByteView file) const {
    QByteArray bytes = byteArrayOf(file);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!reader.canRead() || size.isEmpty()) return fail(ErrorCode::ParseFailed, "this file is no picture");
    if (std::int64_t{size.width()} * size.height() > kMostPoints) {
        return fail(ErrorCode::InvalidArgument, "this picture is too large");
    }
    if (std::max(size.width(), size.height()) > kLongestSide)
        reader.setScaledSize(size.scaled(kLongestSide, kLongestSide, Qt::KeepAspectRatio));
    QImage image = reader.read();
    if (image.isNull()) return fail(ErrorCode::ParseFailed, "this picture is broken off or damaged");
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    // The points alone: a picture carries texts along, place and device among them.
    image = QImage(grey.constBits(), grey.width(), grey.height(), grey.bytesPerLine(), grey.format()).copy();
    for (int side = std::max(image.width(), image.height()); side >= kShortestSide; side = side * 3 / 4) {
        QByteArray kept;
        QBuffer out(&kept);
        out.open(QIODevice::WriteOnly);
        const QImage scaled = side >= std::max(image.width(), image.height())
                                  ? image
                                  : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        if (!scaled.save(&out, "JPEG", kQuality)) return fail(ErrorCode::Unsupported, "pictures can't be kept here");
        if (static_cast<std::size_t>(kept.size()) <= consent::kMostAttachment)
            return consent::Attachment{consent::kPictureType, takeBytes(kept)};
    }
    return fail(ErrorCode::InvalidArgument, "this picture is too small to be read, or too large to be kept");
}

}  // namespace sotto::platform
