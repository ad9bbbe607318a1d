// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "eventscanner.h"

namespace Sidewire {

namespace {

bool isLineEnd(char byte)
{
    return byte == '\n' || byte == '\r';
}

} // namespace

EventScanner::Step EventScanner::feed(QByteArrayView bytes)
{
    if (m_isComplete) {
        *this = {};
    }
    qsizetype at = 0;
    if (m_size == 0) {
        while (at < bytes.size() && isLineEnd(bytes[at])) {
            ++at;
        }
        if (at > 0) {
            return {Step::Outcome::Between, at};
        }
    }
    for (; at < bytes.size(); ++at) {
        if (m_hasReturn && bytes[at] != '\n') {
            m_hasReturn = false;
            m_lineEnd = LineEnd::Return;
            if (m_isEnding) {
                return complete(at);
            }
        }
        if (takeByte(bytes[at])) {
            return complete(at + 1);
        }
    }
    return {Step::Outcome::More, bytes.size()};
}

/// True when it ends the event.
bool EventScanner::takeByte(char byte)
{
    const qint64 before = m_size++;
    if (m_hasReturn) { // And this is its LF
        m_hasReturn = false;
        m_lineEnd = LineEnd::Both;
        return m_isEnding;
    }
    if (!isLineEnd(byte)) {
        m_isLineEmpty = false;
        return false;
    }
    const bool isReturn = byte == '\r';
    if (m_isLineEmpty) {
        // Whoever ended the last line with CRLF does so again, and else does not.
        m_isEnding = m_hasReturn = isReturn && m_lineEnd == LineEnd::Both;
        return !m_isEnding;
    }
    m_content = before;
    m_isLineEmpty = true;
    m_hasReturn = isReturn;
    m_lineEnd = LineEnd::Feed;
    return false;
}

EventScanner::Step EventScanner::complete(qsizetype used)
{
    m_isComplete = true;
    return {Step::Outcome::Complete, used};
}

} // namespace Sidewire
