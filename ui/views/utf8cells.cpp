// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "utf8cells.h"

#include <QChar>

namespace Sidewire {

namespace {

struct Decoded
{
    char32_t character = 0;
    int length = 0; ///< 0: not UTF-8
};

// RFC 3629, 4: no overlong forms, no surrogates, nothing past U+10FFFF.
Decoded decode(QByteArrayView bytes)
{
    const quint8 lead = static_cast<quint8>(bytes[0]);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) {
        return {};
    }
    char32_t character = lead & (0x7f >> length);
    for (int i = 1; i < length; ++i) {
        const quint8 byte = static_cast<quint8>(bytes[i]);
        if ((byte & 0xc0) != 0x80) {
            return {};
        }
        character = character << 6 | (byte & 0x3f);
    }
    constexpr char32_t Smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (character < Smallest[length] || character > QChar::LastValidCodePoint || QChar::isSurrogate(character)) {
        return {};
    }
    return {character, length};
}

bool standsAlone(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format: // Bidirectional controls among them
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return QChar::isPrint(character);
    }
}

} // namespace

std::vector<TextCell> utf8Cells(QByteArrayView bytes, int before, int count)
{
    std::vector<TextCell> cells(static_cast<std::size_t>(bytes.size()), TextCell{TextCell::Kind::Broken, 0});
    for (qsizetype i = 0; i < bytes.size();) {
        const Decoded decoded = decode(bytes.sliced(i));
        if (decoded.length == 0) {
            ++i;
            continue;
        }
        const auto kind = standsAlone(decoded.character) ? TextCell::Kind::Character : TextCell::Kind::Control;
        cells[static_cast<std::size_t>(i)] = {kind, decoded.character};
        for (int k = 1; k < decoded.length; ++k) {
            cells[static_cast<std::size_t>(i + k)] = {TextCell::Kind::Continuation, 0};
        }
        i += decoded.length;
    }
    return {cells.begin() + before, cells.begin() + before + count};
}

} // namespace Sidewire
