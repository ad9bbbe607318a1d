// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "arrow.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

void drawArrow(QPainter &painter, const QRectF &cell, Direction direction, const QColor &color)
{
    const qreal half = std::min(cell.width() / 2, cell.height() / 3);
    const qreal sign = direction == Direction::In ? -1 : 1;
    const QPointF middle = cell.center();
    const QPointF tip = middle + QPointF(sign * half, 0);
    const qreal wing = half * 0.6;

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(middle - QPointF(sign * half, 0), tip);
    painter.drawPolyline(QPolygonF{tip - QPointF(sign * wing, wing), tip, tip - QPointF(sign * wing, -wing)});
    painter.restore();
}

} // namespace Sidewire
