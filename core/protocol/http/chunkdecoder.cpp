// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "chunkdecoder.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

/// -1 for what is no digit.
int hexDigit(char byte)
{
    const char lower = static_cast<char>(byte | 0x20);
    return byte >= '0' && byte <= '9' ? byte - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

ChunkDecoder::Step ChunkDecoder::feed(QByteArrayView bytes)
{
    if (m_state == State::Data) {
        const qsizetype used = static_cast<qsizetype>(std::min<qint64>(m_left, bytes.size()));
        m_left -= used;
        if (m_left == 0) {
            m_state = State::DataEnd;
        }
        return {used, true};
    }
    qsizetype used = 0;
    while (used < bytes.size() && m_state != State::Data && m_state != State::End && m_state != State::Broken) {
        takeFraming(bytes[used++]);
    }
    return {isBroken() ? 0 : used, false};
}

void ChunkDecoder::takeFraming(char byte)
{
    switch (m_state) {
    case State::Start:
    case State::Size:
    case State::SizeBlank:
        takeSize(byte);
        break;
    case State::Extension: // A CR inside is left to whoever reads the extension
        if (++m_line > MaxSizeLine) {
            m_state = State::Broken;
        } else if (byte == '\n') {
            endSizeLine();
        }
        break;
    case State::SizeFeed:
        m_state = State::Broken;
        if (byte == '\n') {
            endSizeLine();
        }
        break;
    case State::DataEnd:
        m_state = byte == '\r' ? State::DataFeed : byte == '\n' ? State::Start : State::Broken;
        break;
    case State::DataFeed:
        m_state = byte == '\n' ? State::Start : State::Broken;
        break;
    case State::Trailer:
        if (byte == '\n') {
            m_state = m_isLineEmpty ? State::End : State::Trailer;
            m_isLineEmpty = true;
        } else if (byte != '\r') {
            m_isLineEmpty = false;
        }
        if (++m_line > MaxTrailers) {
            m_state = State::Broken;
        }
        break;
    case State::Data:
    case State::End:
    case State::Broken:
        break;
    }
}

void ChunkDecoder::takeSize(char byte)
{
    if (m_state == State::Start) {
        m_left = 0;
        m_line = 0;
    }
    if (++m_line > MaxSizeLine) {
        m_state = State::Broken;
        return;
    }
    const int digit = hexDigit(byte);
    if (digit >= 0 && m_state != State::SizeBlank) {
        const bool fits = m_left <= (std::numeric_limits<qint64>::max() >> 4);
        m_left = fits ? m_left << 4 | digit : 0;
        m_state = fits ? State::Size : State::Broken;
        return;
    }
    const bool hasSize = m_state != State::Start;
    if (hasSize && byte == '\n') {
        endSizeLine();
    } else {
        m_state = !hasSize                  ? State::Broken
            : byte == '\r'                  ? State::SizeFeed
            : byte == ';'                   ? State::Extension
            : (byte == ' ' || byte == '\t') ? State::SizeBlank
                                            : State::Broken;
    }
}

void ChunkDecoder::endSizeLine()
{
    m_state = m_left > 0 ? State::Data : State::Trailer;
    m_line = 0;
    m_isLineEmpty = true;
}

bool ChunkDecoder::skip(qint64 length)
{
    if (m_state != State::Data || length >= m_left) {
        return false;
    }
    m_left -= length;
    return true;
}

QByteArray ChunkDecoder::contentOf(QByteArrayView bytes, qint64 plain, qint64 limit)
{
    QByteArray content;
    for (const ByteSpan &span : contentSpans(bytes, plain, limit)) {
        content += bytes.sliced(static_cast<qsizetype>(span.begin), static_cast<qsizetype>(span.size()));
    }
    return content;
}

std::vector<ByteSpan> ChunkDecoder::contentSpans(QByteArrayView bytes, qint64 plain, qint64 limit)
{
    std::vector<ByteSpan> spans;
    qint64 left = limit;
    const auto add = [&](qint64 begin, qint64 length) {
        const qint64 size = std::min(length, left);
        left -= size;
        if (size > 0 && !spans.empty() && spans.back().end == begin) {
            spans.back().end += size;
        } else if (size > 0) {
            spans.push_back({begin, begin + size});
        }
    };
    qint64 at = std::min<qint64>(plain, bytes.size());
    add(0, at);
    ChunkDecoder decoder;
    if (at < bytes.size() && (bytes[static_cast<qsizetype>(at)] == '\r' || bytes[static_cast<qsizetype>(at)] == '\n')) {
        decoder.m_state = State::DataEnd;
    }
    while (at < bytes.size() && left > 0) {
        const Step step = decoder.feed(bytes.sliced(static_cast<qsizetype>(at)));
        if (step.used == 0) {
            break;
        }
        if (step.isContent) {
            add(at, step.used);
        }
        at += step.used;
    }
    return spans;
}

} // namespace Sidewire
