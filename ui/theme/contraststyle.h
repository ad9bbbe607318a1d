// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPixmap>
#include <QProxyStyle>

QT_BEGIN_NAMESPACE
class QStyleOptionSlider;
QT_END_NAMESPACE

namespace Sidewire::Theme {

/// The application's style, with a frame around check boxes and radio buttons that can be seen on a dark palette: Fusion
/// draws it darker than the window, so an empty box would vanish there (WCAG 2.1, 1.4.11 asks for 3:1).
///
/// It keeps what lies behind the slider of a scroll bar as a picture: where that is tall, Qt 6.4 fills it on other threads
/// and waits for them, with each step of scrolling.
class ContrastStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    ContrastStyle() = default;

    /// Over a style of that name, which need not be the application's.
    explicit ContrastStyle(const QString &name)
        : QProxyStyle(name)
    {}

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    QPixmap grooveOf(const QStyleOptionSlider &option, qreal pixelRatio, const QWidget *widget) const;
};

} // namespace Sidewire::Theme
