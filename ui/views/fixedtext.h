// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QRawFont>
#include <QStringView>

#include <array>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Sidewire {

/// Draws text on a grid of cells, a run of glyphs at a time.
///
/// Laying out a string costs more than drawing it; the glyphs of a fixed font need no layout. Each character stands in
/// its own cell, so columns align to the pixel even where a font's widths have fractions or a font is not fixed at all.
class FixedText
{
public:
    explicit FixedText(const QFont &font);

    const QFont &font() const { return m_font; }
    qreal cell() const { return m_cell; } ///< Width of a character
    qreal height() const { return m_metrics.height(); }
    qreal ascent() const { return m_metrics.ascent(); }
    const QFontMetricsF &metrics() const { return m_metrics; }

    /// Draws with the painter's pen. A character beyond ASCII is laid out for itself, at its cell.
    void draw(QPainter &painter, qreal x, qreal baseline, QStringView text) const;

    /// The width of `text` when it is drawn as one laid-out string.
    qreal width(const QString &text) const { return m_metrics.horizontalAdvance(text); }

private:
    QFont m_font;
    QFontMetricsF m_metrics;
    QRawFont m_raw;
    std::array<quint32, 128> m_glyphs{};
    qreal m_cell = 0;
};

} // namespace Sidewire
