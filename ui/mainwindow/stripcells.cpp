// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "stripcells.h"

#include <QMouseEvent>
#include <QPainter>

namespace Sidewire {

namespace {

constexpr int CellGap = 24; // px between two layers, with a line in its middle
constexpr int WordGap = 8;

QFont bold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

StripCells::StripCells(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("stripCells"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void StripCells::setCells(const QList<StripCell> &cells)
{
    if (cells == m_cells) {
        return;
    }
    m_cells = cells;
    setAccessibleName(text());
    //: %1 is the state of each layer
    setToolTip(QStringLiteral("<p>%1</p>")
                   .arg(tr("%1\nClick for all facts of the connection (F5)")
                            .arg(text())
                            .toHtmlEscaped()
                            .replace(u'\n', QLatin1String("<br>"))));
    update();
}

QString StripCells::text() const
{
    QStringList cells;
    for (const StripCell &cell : m_cells) {
        cells.append(QStringList{cell.layer, cell.state, cell.detail}.join(QLatin1Char(' ')).trimmed());
    }
    return cells.join(QStringLiteral(" | "));
}

QSize StripCells::sizeHint() const
{
    return {200, fontMetrics().height() + 6};
}

void StripCells::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

void StripCells::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int x = 0;
    const auto write = [&](const QString &text, const QColor &color, const QFont &font) {
        if (text.isEmpty() || x >= width()) {
            return;
        }
        painter.setFont(font);
        painter.setPen(color);
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, width() - x);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
        x += metrics.horizontalAdvance(shown) + WordGap;
    };
    for (const StripCell &cell : m_cells) {
        if (x > 0) {
            x += CellGap / 2 - WordGap;
            painter.setPen(Theme::color(Theme::Tone::Line));
            painter.drawLine(x, 4, x, height() - 4);
            x += CellGap / 2;
        }
        write(cell.layer, Theme::color(Theme::Tone::Muted), font());
        write(cell.state, Theme::color(cell.tone), bold(font()));
        write(cell.detail, Theme::color(Theme::Tone::Text), font());
    }
}

} // namespace Sidewire
