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

    /// Draws with the painter's pen. A character beyond Latin-1 is laid out for itself, at its cell.
    void draw(QPainter &painter, qreal x, qreal baseline, QStringView text) const;

    /// Draws one character if the font itself has a glyph for it, without a look at any other font. False if it has none.
    bool drawCharacter(QPainter &painter, qreal x, qreal baseline, char32_t character) const;

    /// Draws what fits into `room`, with an ellipsis where not all does. What the font has no glyphs of its own for is
    /// laid out as a whole. Gives back how wide it got.
    qreal drawElided(QPainter &painter, qreal x, qreal baseline, const QString &text, qreal room) const;

private:
    quint32 glyphOf(char16_t character) const;
    void drawGlyphs(QPainter &painter, const quint32 *glyphs, const QPointF *places, qsizetype count) const;

    QFont m_font;
    QFontMetricsF m_metrics;
    QRawFont m_raw;
    std::array<quint32, 256> m_glyphs{}; ///< 0: none that may stand alone
    quint32 m_ellipsis = 0;
    qreal m_cell = 0;
};

} // namespace Sidewire
