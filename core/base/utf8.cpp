// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "utf8.h"

#include <cstring>

namespace Sidewire {

namespace {

/// What a first byte asks of those that follow (RFC 3629, 4): over-long forms, surrogates and code points past
/// U+10FFFF are kept out by the bounds of the second byte.
struct Lead
{
    bool isValid = false;
    quint8 following = 0;
    quint8 lowest = 0x80;
    quint8 highest = 0xbf;
};

constexpr Lead leadOf(quint8 byte)
{
    if (byte < 0x80) {
        return {true, 0};
    }
    if (byte < 0xc2 || byte > 0xf4) {
        return {};
    }
    if (byte < 0xe0) {
        return {true, 1};
    }
    if (byte < 0xf0) {
        return {true, 2, static_cast<quint8>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<quint8>(byte == 0xed ? 0x9f : 0xbf)};
    }
    return {true, 3, static_cast<quint8>(byte == 0xf0 ? 0x90 : 0x80), static_cast<quint8>(byte == 0xf4 ? 0x8f : 0xbf)};
}

const char *skipAscii(const char *at, const char *end)
{
    while (end - at >= 8) {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof word);
        if ((word & 0x8080808080808080u) != 0) {
            break;
        }
        at += 8;
    }
    while (at != end && static_cast<quint8>(*at) < 0x80) {
        ++at;
    }
    return at;
}

} // namespace

void Utf8Checker::feed(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (m_isValid) {
        if (m_missing == 0) {
            at = skipAscii(at, end);
        }
        if (at == end) {
            return;
        }
        const auto byte = static_cast<quint8>(*at++);
        if (m_missing == 0) {
            const Lead lead = leadOf(byte);
            m_isValid = lead.isValid;
            m_missing = lead.following;
            m_lowest = lead.lowest;
            m_highest = lead.highest;
        } else {
            m_isValid = byte >= m_lowest && byte <= m_highest;
            --m_missing;
            m_lowest = 0x80;
            m_highest = 0xbf;
        }
    }
}

Utf8Character firstUtf8Character(QByteArrayView bytes)
{
    const auto first = static_cast<quint8>(bytes[0]);
    const Lead lead = leadOf(first);
    if (!lead.isValid || bytes.size() <= lead.following) {
        return {};
    }
    if (lead.following == 0) {
        return {first, 1, true};
    }
    char32_t codePoint = first & (0x3f >> lead.following);
    quint8 lowest = lead.lowest;
    quint8 highest = lead.highest;
    for (int i = 1; i <= lead.following; ++i) {
        const auto byte = static_cast<quint8>(bytes[i]);
        if (byte < lowest || byte > highest) {
            return {};
        }
        codePoint = (codePoint << 6) | (byte & 0x3f);
        lowest = 0x80;
        highest = 0xbf;
    }
    return {codePoint, lead.following + 1, true};
}

qsizetype validUtf8Length(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        const Utf8Character character = firstUtf8Character(bytes.sliced(at));
        if (!character.isValid) {
            break;
        }
        at += character.size;
    }
    return at;
}

} // namespace Sidewire
