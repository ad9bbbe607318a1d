// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "betweenframing.h"

#include <algorithm>

namespace Sidewire {

BetweenFraming::BetweenFraming(const QByteArray &begin, const QByteArray &end, std::optional<char> escape)
    : m_begin(begin)
    , m_end(end)
    , m_escape(escape)
{}

Framing::Step BetweenFraming::feed(QByteArrayView bytes)
{
    if (m_state == State::Complete) {
        restart();
    }
    qsizetype at = 0;
    if (m_state == State::Outside) {
        at = findBegin(bytes);
        if (m_state == State::Outside) {
            const bool isFull = m_header >= MaxOutside && m_begin.matched() == 0;
            if (isFull) {
                restart();
            }
            return {isFull ? Step::Outcome::Outside : Step::Outcome::More, at};
        }
    }
    const qsizetype end = findEnd(bytes.sliced(at));
    if (end < 0) {
        return {Step::Outcome::More, bytes.size()};
    }
    m_state = State::Complete;
    return {Step::Outcome::Complete, at + end};
}

/// Returns how many bytes were looked at: up to the end of the beginning, or of what is kept together outside.
qsizetype BetweenFraming::findBegin(QByteArrayView bytes)
{
    qsizetype at = 0;
    do {
        // Past the limit byte by byte, so that it does not matter how the bytes were split.
        const qint64 room = std::max<qint64>(MaxOutside - m_header, 1);
        const QByteArrayView piece = bytes.sliced(at).first(std::min<qint64>(room, bytes.size() - at));
        const qsizetype end = m_begin.feed(piece);
        const qsizetype used = end < 0 ? piece.size() : end;
        at += used;
        m_header += used;
        if (end >= 0) {
            m_state = State::Inside;
            return at;
        }
    } while (at < bytes.size() && (m_header < MaxOutside || m_begin.matched() > 0));
    return at;
}

/// One past the end of the message, or -1.
qsizetype BetweenFraming::findEnd(QByteArrayView bytes)
{
    if (!m_escape) {
        return m_end.feed(bytes);
    }
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        if (m_isEscaped) {
            m_isEscaped = false;
        } else if (bytes[at] == *m_escape) {
            m_isEscaped = true;
            m_end.restart();
        } else if (m_end.feed(bytes.sliced(at, 1)) > 0) {
            return at + 1;
        }
    }
    return -1;
}

void BetweenFraming::restart()
{
    m_state = State::Outside;
    m_header = 0;
    m_isEscaped = false;
    m_begin.restart();
    m_end.restart();
}

Result<QByteArray> BetweenFraming::wrap(QByteArrayView content) const
{
    QByteArray escaped;
    if (!m_escape) {
        escaped = content.toByteArray();
        if (escaped.contains(m_end.pattern())) {
            return Error{Error::Code::Usage, QStringLiteral("the content holds the end, and there is no escape byte")};
        }
    } else {
        for (const char byte : content) {
            if (byte == *m_escape || m_begin.pattern().contains(byte) || m_end.pattern().contains(byte)) {
                escaped.append(*m_escape);
            }
            escaped.append(byte);
        }
    }
    return m_begin.pattern() + escaped + m_end.pattern();
}

} // namespace Sidewire
