// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Tells the framing of the chunked transfer coding from the content in it (RFC 9112, 7.1): extensions and trailers are gone
/// over, bare LF is accepted. Nothing is kept, so a chunk of any length costs the same.
class ChunkDecoder
{
public:
    static constexpr qint64 MaxSizeLine = 16 * 1024;
    static constexpr qint64 MaxTrailers = 256 * 1024;

    /// Either framing or content, up to where the other begins. `used` is 0 when the end was reached or broken() is true.
    struct Step
    {
        qsizetype used = 0;
        bool isContent = false;
    };
    Step feed(QByteArrayView bytes);

    bool isAtEnd() const { return m_state == State::End; } ///< The last chunk and its trailers are complete
    bool isBroken() const { return m_state == State::Broken; } ///< What came is not chunked

    /// Goes over `length` bytes of content that are not there. False where the next chunk cannot be found again.
    bool skip(qint64 length);

    /// The content of a stretch of a chunked body, at most `limit` bytes of it. The first `plain` bytes are content (or
    /// a head); what follows them is the end of a chunk or the line of the next one.
    static QByteArray contentOf(QByteArrayView bytes, qint64 plain, qint64 limit);

    /// Where that content lies in `bytes`, ascending. No two spans touch: framing lies between them.
    static std::vector<ByteSpan> contentSpans(QByteArrayView bytes, qint64 plain, qint64 limit);

private:
    enum class State { Start, Size, SizeBlank, Extension, SizeFeed, Data, DataEnd, DataFeed, Trailer, End, Broken };

    void takeFraming(char byte);
    void takeSize(char byte);
    void endSizeLine();

    State m_state = State::Start;
    qint64 m_left = 0; ///< Of the chunk; while its size is read, the size so far
    qint64 m_line = 0; ///< Bytes of the size line, or of all trailers
    bool m_isLineEmpty = true; ///< Of the trailers
};

} // namespace Sidewire
