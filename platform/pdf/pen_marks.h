// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTextObjectInterface>

#include "consent/evidence.h"

class QTextCursor;

namespace sotto::platform {

/// What a pen leaves on paper: strokes as lines, a line to sign on, a box to tick.
class PenMarks final : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    explicit PenMarks(QObject* parent = nullptr) : QObject(parent) {}

    /// Puts strokes where the cursor is; `width` in points. As high as what was drawn.
    static void insertStrokes(QTextCursor& cursor, const std::vector<consent::Stroke>& strokes, double width);
    /// An empty line to write on.
    static void insertLine(QTextCursor& cursor, double width);
    /// A box, ticked or not.
    static void insertBox(QTextCursor& cursor, bool ticked);
    /// Makes a document draw them.
    static void registerWith(QTextDocument& document, PenMarks& marks);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& place, QTextDocument* document, int position,
                    const QTextFormat& format) override;
};

}  // namespace sotto::platform
