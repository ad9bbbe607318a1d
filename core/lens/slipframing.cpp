// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "slipframing.h"

#include <cstring>

namespace Sidewire {

namespace {

constexpr char End = '\xc0';
constexpr char Esc = '\xdb';
constexpr char EscEnd = '\xdc';
constexpr char EscEsc = '\xdd';

} // namespace

Framing::Step SlipFraming::feed(QByteArrayView bytes)
{
    if (m_isComplete) {
        restart();
    }
    qsizetype at = 0;
    while (!m_hasContent) {
        if (at == bytes.size()) {
            return {Step::Outcome::More, bytes.size()};
        }
        m_hasContent = bytes[at] != End;
        if (!m_hasContent) {
            ++at;
            if (++m_ends == MaxEnds) {
                restart();
                return {Step::Outcome::Outside, at};
            }
        }
    }
    const void *found = std::memchr(bytes.data() + at, End, static_cast<std::size_t>(bytes.size() - at));
    if (!found) {
        return {Step::Outcome::More, bytes.size()};
    }
    m_isComplete = true;
    return {Step::Outcome::Complete, static_cast<const char *>(found) - bytes.data() + 1};
}

void SlipFraming::restart()
{
    m_ends = 0;
    m_hasContent = false;
    m_isComplete = false;
}

Result<QByteArray> SlipFraming::wrap(QByteArrayView content) const
{
    QByteArray frame(1, End); // RFC 1055: ends what noise has begun
    for (const char byte : content) {
        if (byte == End) {
            frame.append(Esc).append(EscEnd);
        } else if (byte == Esc) {
            frame.append(Esc).append(EscEsc);
        } else {
            frame.append(byte);
        }
    }
    return frame.append(End);
}

QByteArray SlipFraming::unescaped(QByteArrayView content)
{
    QByteArray packet;
    packet.reserve(content.size());
    for (qsizetype at = 0; at < content.size(); ++at) {
        const char next = at + 1 < content.size() ? content[at + 1] : '\0';
        const bool isSequence = content[at] == Esc && (next == EscEnd || next == EscEsc);
        packet.append(isSequence ? (next == EscEnd ? End : Esc) : content[at]);
        at += isSequence ? 1 : 0;
    }
    return packet;
}

} // namespace Sidewire
