// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
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

    /// Whether each character stands in its cell whatever is beside it. Other text has to be laid out as a whole.
    static bool isGrid(QStringView text);

    /// Whether this is such text, and the font itself has all of its glyphs: drawing it is cheap.
    bool hasGlyphs(QStringView text) const;

    /// As much of a text on the grid as fits.
    QString elided(const QString &text, qreal room) const;

    /// Draws with the painter's pen. A character that does not stand in its cell by itself is laid out, at its cell.
    void draw(QPainter &painter, qreal x, qreal baseline, QStringView text) const;

    /// Draws one character if the font itself has a glyph for it, without a look at any other font. False if it has none.
    bool drawCharacter(QPainter &painter, qreal x, qreal baseline, char32_t character) const;

    /// Draws what fits into `room`, with an ellipsis where not all does. What the font has no glyphs of its own for is
    /// laid out as a whole. Gives back how wide it got.
    qreal drawElided(QPainter &painter, qreal x, qreal baseline, const QString &text, qreal room) const;

private:
    quint32 glyphOf(char16_t character) const; ///< 0: none that may stand alone
    quint32 findGlyph(char16_t character) const;
    void drawGlyphs(QPainter &painter, const quint32 *glyphs, const QPointF *places, qsizetype count) const;

    QFont m_font;
    QFontMetricsF m_metrics;
    QRawFont m_raw;
    std::array<quint32, 256> m_glyphs{};
    mutable QHash<char16_t, quint32> m_others; ///< Beyond Latin-1, as far as they were asked for
    qreal m_cell = 0;
};

} // namespace Sidewire
