// SPDX-License-Identifier: Apache-2.0
#include "pen_marks.h"

#include <QAbstractTextDocumentLayout>
#include <QPaintDevice>
#include <QPainter>
#include <QPainterPath>
#include <QTextCursor>
#include <QTextDocument>

namespace sotto::platform {

namespace {

constexpr int kType = QTextFormat::UserObject + 1;
constexpr int kKind = QTextFormat::UserProperty + 1;
constexpr int kPath = QTextFormat::UserProperty + 2;
constexpr int kWidth = QTextFormat::UserProperty + 3;
constexpr int kHeight = QTextFormat::UserProperty + 4;
constexpr double kLeastHeight = 24;
constexpr double kBox = 9;
constexpr double kPen = 1.1;
constexpr double kPadWidth = 1000;

enum Kind { Strokes = 1, Line, Box, TickedBox };

/// Lines in thousandths of the pad's width, moved up to where writing begins.
QPainterPath pathOf(const std::vector<consent::Stroke>& strokes) {
    QPainterPath path;
    for (const consent::Stroke& stroke : strokes) {
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            const QPointF point(stroke[i].first, stroke[i].second);
            if (i == 0) path.moveTo(point);
            // A stroke of one point is a dot: a line of no length is not drawn.
            path.lineTo(i == 0 ? point + QPointF(2, 0) : point);
        }
    }
    return path.translated(-std::min(0.0, path.boundingRect().left()), -path.boundingRect().top());
}

void insert(QTextCursor& cursor, Kind kind, double width, double height, const QPainterPath& path = {}) {
    QTextCharFormat format;
    format.setObjectType(kType);
    format.setProperty(kKind, static_cast<int>(kind));
    format.setProperty(kPath, QVariant::fromValue(path));
    format.setProperty(kWidth, width);
    format.setProperty(kHeight, height);
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

double pointsToDots(const QPaintDevice* device) {
    return (device != nullptr ? device->logicalDpiY() : 72) / 72.0;
}

}  // namespace

void PenMarks::insertStrokes(QTextCursor& cursor, const std::vector<consent::Stroke>& strokes, double width) {
    const QPainterPath path = pathOf(strokes);
    // A pad that was drawn on past its width shrinks.
    const double scale = width / std::max(kPadWidth, path.boundingRect().right());
    insert(cursor, Strokes, width, std::max(kLeastHeight, path.boundingRect().height() * scale + 4), path);
}

void PenMarks::insertLine(QTextCursor& cursor, double width) {
    insert(cursor, Line, width, kLeastHeight);
}

void PenMarks::insertBox(QTextCursor& cursor, bool ticked) {
    insert(cursor, ticked ? TickedBox : Box, kBox + 3, kBox);
}

void PenMarks::registerWith(QTextDocument& document, PenMarks& marks) {
    document.documentLayout()->registerHandler(kType, &marks);
}

QSizeF PenMarks::intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) {
    Q_UNUSED(position)
    const double dots = pointsToDots(document->documentLayout()->paintDevice());
    return {format.property(kWidth).toDouble() * dots, format.property(kHeight).toDouble() * dots};
}

void PenMarks::drawObject(QPainter* painter, const QRectF& place, QTextDocument* document, int position,
                          const QTextFormat& format) {
    Q_UNUSED(position)
    const double dots = pointsToDots(document->documentLayout()->paintDevice());
    const int kind = format.property(kKind).toInt();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Qt::black, (kind == Strokes ? kPen : 0.6) * dots, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (kind == Line) {
        painter->drawLine(place.bottomLeft(), place.bottomRight());
    } else if (kind == Strokes) {
        const auto path = format.property(kPath).value<QPainterPath>();
        const double scale = place.width() / std::max(kPadWidth, path.boundingRect().right());
        painter->drawPath(QTransform::fromTranslate(place.left(), place.top()).scale(scale, scale).map(path));
    } else {
        const QRectF box(place.left(), place.top(), kBox * dots, kBox * dots);
        painter->drawRect(box);
        if (kind == TickedBox) {
            painter->drawLine(box.topLeft(), box.bottomRight());
            painter->drawLine(box.topRight(), box.bottomLeft());
        }
    }
    painter->restore();
}

}  // namespace sotto::platform
