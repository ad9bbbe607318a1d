// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contraststyle.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmapCache>
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

void ContrastStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar || bar->rect.isEmpty() || !bar->subControls.testFlag(SC_ScrollBarGroove)) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->drawPixmap(bar->rect.topLeft(), grooveOf(*bar, painter->device()->devicePixelRatioF(), widget));
    QStyleOptionSlider rest(*bar);
    rest.subControls.setFlag(SC_ScrollBarGroove, false);
    QProxyStyle::drawComplexControl(control, &rest, painter, widget);
}

QPixmap ContrastStyle::grooveOf(const QStyleOptionSlider &option, qreal pixelRatio, const QWidget *widget) const
{
    const QString key = QStringLiteral("groove %1 %2 %3 %4 %5 %6")
                            .arg(option.rect.width())
                            .arg(option.rect.height())
                            .arg(static_cast<int>(option.orientation))
                            .arg(option.state.testFlag(State_Enabled))
                            .arg(option.palette.cacheKey())
                            .arg(pixelRatio);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) {
        return picture;
    }
    picture = QPixmap((QSizeF(option.rect.size()) * pixelRatio).toSize());
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QStyleOptionSlider groove(option);
    groove.rect.moveTo(0, 0);
    groove.subControls = SC_ScrollBarGroove;
    groove.activeSubControls = SC_None;
    QPainter painter(&picture);
    QProxyStyle::drawComplexControl(CC_ScrollBar, &groove, &painter, widget);
    QPixmapCache::insert(key, picture);
    return picture;
}

} // namespace Sidewire::Theme
