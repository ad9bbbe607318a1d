// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fixedtext.h"

#include <QGlyphRun>
#include <QPainter>
#include <QVarLengthArray>

namespace Sidewire {

FixedText::FixedText(const QFont &font)
    : m_font(font)
    , m_metrics(font)
    , m_raw(QRawFont::fromFont(font))
{
    m_cell = m_metrics.horizontalAdvance(QLatin1Char('0'));
    for (char16_t character = 0x21; character < 0x7f; ++character) {
        const QChar text(character);
        int count = 1;
        m_raw.glyphIndexesForChars(&text, 1, &m_glyphs[character], &count);
    }
}

void FixedText::draw(QPainter &painter, qreal x, qreal baseline, QStringView text) const
{
    QVarLengthArray<quint32, 160> glyphs;
    QVarLengthArray<QPointF, 160> places;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t character = text[i].unicode();
        const qreal left = x + static_cast<qreal>(i) * m_cell;
        const quint32 glyph = character < m_glyphs.size() ? m_glyphs[character] : 0;
        if (glyph != 0) {
            glyphs.append(glyph);
            places.append(QPointF(left, baseline));
        } else if (character > 0x20) {
            const qsizetype length = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
            painter.setFont(m_font);
            painter.drawText(QPointF(left, baseline), text.sliced(i, length).toString());
            i += length - 1;
        }
    }
    if (!glyphs.isEmpty()) {
        QGlyphRun run;
        run.setRawFont(m_raw);
        run.setRawData(glyphs.constData(), places.constData(), static_cast<int>(glyphs.size()));
        painter.drawGlyphRun(QPointF(), run);
    }
}

} // namespace Sidewire
