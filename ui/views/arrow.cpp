// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "arrow.h"

#include <QPainter>
#include <QPixmapCache>

#include <algorithm>

namespace Sidewire {

namespace {

QPixmap arrow(QSize size, qreal pixelRatio, Direction direction, const QColor &color)
{
    QPixmap picture((QSizeF(size) * pixelRatio).toSize());
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    const QRectF cell(QPointF(), size);
    const qreal half = std::min(cell.width() / 2, cell.height() / 3);
    const qreal sign = direction == Direction::In ? -1 : 1;
    const QPointF middle = cell.center();
    const QPointF tip = middle + QPointF(sign * half, 0);
    const qreal wing = half * 0.6;

    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(middle - QPointF(sign * half, 0), tip);
    painter.drawPolyline(QPolygonF{tip - QPointF(sign * wing, wing), tip, tip - QPointF(sign * wing, -wing)});
    return picture;
}

} // namespace

void drawArrow(QPainter &painter, const QRectF &cell, Direction direction, const QColor &color)
{
    // Stroking a path for each row costs more than all its text.
    const QRect place = cell.toAlignedRect();
    const qreal pixelRatio = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("arrow %1 %2 %3 %4 %5")
                            .arg(static_cast<int>(direction))
                            .arg(color.rgba(), 8, 16)
                            .arg(place.width())
                            .arg(place.height())
                            .arg(pixelRatio);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        picture = arrow(place.size(), pixelRatio, direction, color);
        QPixmapCache::insert(key, picture);
    }
    painter.drawPixmap(place.topLeft(), picture);
}

} // namespace Sidewire
