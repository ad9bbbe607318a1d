// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

namespace Sidewire {

/// Finds the events of a text/event-stream (WHATWG HTML, 9.2.5): lines that end with LF, CR or CRLF, up to an empty one. Nothing
/// is kept; the same bytes give the same events however they are split.
class EventScanner
{
public:
    struct Step
    {
        enum class Outcome {
            More, ///< All bytes belong to the event, and it goes on
            Complete, ///< The event ends after `used` bytes, which may be none: a CR had ended it, and no LF followed
            Between, ///< `used` bytes are line ends between two events
        };
        Outcome outcome = Outcome::More;
        qsizetype used = 0;
    };
    Step feed(QByteArrayView bytes); ///< Not empty

    bool hasBegun() const { return m_size > 0; }
    bool isEnding() const { return m_isEnding; } ///< Complete but for the LF of a CRLF

    /// Of the event that has begun or was just completed: bytes without the end of its last line and the empty line.
    qint64 contentLength() const { return m_isLineEmpty ? m_content : m_size; }

private:
    enum class LineEnd { Feed, Return, Both };

    Step complete(qsizetype used);
    bool takeByte(char byte);

    qint64 m_size = 0; ///< Of the event so far
    qint64 m_content = 0; ///< Up to the end of its last complete line
    LineEnd m_lineEnd = LineEnd::Feed; ///< Of that line
    bool m_isLineEmpty = true;
    bool m_hasReturn = false; ///< The last byte was a CR, which an LF may follow
    bool m_isEnding = false;
    bool m_isComplete = false; ///< The next byte begins another event
};

} // namespace Sidewire
