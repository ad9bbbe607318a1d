// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contraststyle.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace Sidewire::Theme {

void ContrastStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool isRound = element == PE_IndicatorRadioButton;
    if ((!isBox && !isRound) || schemeOf(option->palette) != Scheme::Dark) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, isRound);
    painter->setBrush(Qt::NoBrush);
    const bool isEnabled = option->state.testFlag(State_Enabled);
    painter->setPen(
        option->palette.color(isEnabled ? QPalette::Active : QPalette::Disabled, QPalette::PlaceholderText));
    const QRect frame = option->rect.adjusted(0, 0, -1, -1);
    if (isRound) {
        painter->drawEllipse(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5));
    } else {
        painter->drawRoundedRect(frame, 2, 2);
    }
    painter->restore();
}

} // namespace Sidewire::Theme
