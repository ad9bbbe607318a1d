// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "liveline.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace Sidewire {

LiveLine::LiveLine(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    // As wide as there is room; the window is never made wider for it.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void LiveLine::say(const QString &text, Style style)
{
    setFont(style == Style::Bytes ? Theme::fixedFont() : QFont());
    QPalette colors = parentWidget() ? parentWidget()->palette() : QPalette();
    if (style == Style::Problem) {
        colors.setColor(QPalette::WindowText, Theme::color(Theme::Tone::Error));
    }
    setPalette(colors);
    setToolTip(style == Style::Bytes ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
    setText(text);
}

QSize LiveLine::minimumSizeHint() const
{
    return {0, fontMetrics().height()};
}

QString LiveLine::cut(const QString &text, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(text) <= width) {
        return text;
    }
    const QString elided = metrics.elidedText(text, Qt::ElideRight, width);
    const qsizetype space = elided.lastIndexOf(QLatin1Char(' '));
    return space < 0 ? elided : elided.first(space + 1) + QChar(0x2026);
}

void LiveLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     cut(text(), fontMetrics(), width()));
}

} // namespace Sidewire
