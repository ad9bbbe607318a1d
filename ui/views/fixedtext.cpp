// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fixedtext.h"

#include <QGlyphRun>
#include <QPainter>
#include <QVarLengthArray>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr char16_t Ellipsis = u'\u2026';

/// Whether a character looks the same beside any other. Others are joined, combined, reordered or written to the left.
bool standsAlone(QChar character)
{
    const QChar::Direction direction = character.direction();
    if (!character.isPrint() || character.isSpace() || character.isMark() || character.isSurrogate()
        || direction == QChar::DirR || direction == QChar::DirAL) {
        return false;
    }
    switch (character.script()) {
    case QChar::Script_Common:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Armenian:
    case QChar::Script_Georgian:
    case QChar::Script_Braille:
        return true;
    default:
        return false;
    }
}

} // namespace

FixedText::FixedText(const QFont &font)
    : m_font(font)
    , m_metrics(font)
    , m_raw(QRawFont::fromFont(font))
{
    m_cell = m_metrics.horizontalAdvance(QLatin1Char('0'));
    for (char16_t character = 0x21; character < m_glyphs.size(); ++character) {
        m_glyphs[character] = findGlyph(character);
    }
}

quint32 FixedText::findGlyph(char16_t character) const
{
    const QChar text(character);
    quint32 glyph = 0;
    int count = 1;
    return standsAlone(text) && m_raw.glyphIndexesForChars(&text, 1, &glyph, &count) ? glyph : 0;
}

quint32 FixedText::glyphOf(char16_t character) const
{
    if (character < m_glyphs.size()) {
        return m_glyphs[character];
    }
    auto known = m_others.constFind(character);
    if (known == m_others.constEnd()) {
        known = m_others.insert(character, findGlyph(character));
    }
    return *known;
}

bool FixedText::isGrid(QStringView text)
{
    return std::ranges::all_of(text, [](QChar character) { return character == u' ' || standsAlone(character); });
}

bool FixedText::hasGlyphs(QStringView text) const
{
    return std::ranges::all_of(
        text, [this](QChar character) { return character == u' ' || glyphOf(character.unicode()) != 0; });
}

void FixedText::draw(QPainter &painter, qreal x, qreal baseline, QStringView text) const
{
    QVarLengthArray<quint32, 160> glyphs;
    QVarLengthArray<QPointF, 160> places;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t character = text[i].unicode();
        const qreal left = x + static_cast<qreal>(i) * m_cell;
        const quint32 glyph = glyphOf(character);
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
        drawGlyphs(painter, glyphs.constData(), places.constData(), glyphs.size());
    }
}

void FixedText::drawGlyphs(QPainter &painter, const quint32 *glyphs, const QPointF *places, qsizetype count) const
{
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setRawData(glyphs, places, static_cast<int>(count));
    painter.drawGlyphRun(QPointF(), run);
}

bool FixedText::drawCharacter(QPainter &painter, qreal x, qreal baseline, char32_t character) const
{
    const QString text = QString::fromUcs4(&character, 1);
    std::array<quint32, 2> glyphs{};
    int count = static_cast<int>(glyphs.size());
    if (!m_raw.glyphIndexesForChars(text.constData(), static_cast<int>(text.size()), glyphs.data(), &count)
        || glyphs[0] == 0) {
        return false;
    }
    const QPointF place(x, baseline);
    drawGlyphs(painter, glyphs.data(), &place, 1);
    return true;
}

QString FixedText::elided(const QString &text, qreal room) const
{
    const qsizetype cells = std::max<qsizetype>(0, static_cast<qsizetype>(room / m_cell));
    return text.size() <= cells ? text : text.first(std::max<qsizetype>(0, cells - 1)) + QChar(Ellipsis);
}

qreal FixedText::drawElided(QPainter &painter, qreal x, qreal baseline, const QString &text, qreal room) const
{
    const QString shown = elided(text, room);
    if (!hasGlyphs(shown)) {
        const QString laidOut = m_metrics.elidedText(text, Qt::ElideRight, std::max(0.0, room));
        painter.setFont(m_font);
        painter.drawText(QPointF(x, baseline), laidOut);
        return m_metrics.horizontalAdvance(laidOut);
    }
    draw(painter, x, baseline, shown);
    return static_cast<qreal>(shown.size()) * m_cell;
}

} // namespace Sidewire
