// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "inflate.h"

#include <algorithm>
#include <limits>
#include <zlib.h>

namespace Sidewire::Inflate {

namespace {

constexpr qsizetype MaxPiece = 64 * 1024;

int windowBitsOf(Container container)
{
    switch (container) {
    case Container::Gzip:
        return MAX_WBITS + 16;
    case Container::Zlib:
        return MAX_WBITS;
    case Container::Raw:
        break;
    }
    return -MAX_WBITS;
}

/// One stream of zlib's; ends it in any case.
class Stream
{
public:
    explicit Stream(Container container) { m_isOpen = inflateInit2(&m_stream, windowBitsOf(container)) == Z_OK; }
    ~Stream()
    {
        if (m_isOpen) {
            inflateEnd(&m_stream);
        }
    }
    Q_DISABLE_COPY_MOVE(Stream)

    bool isOpen() const { return m_isOpen; }
    z_stream *operator->() { return &m_stream; }
    int step() { return ::inflate(&m_stream, Z_NO_FLUSH); }

private:
    z_stream m_stream{};
    bool m_isOpen = false;
};

/// One member; adds to `all`. A status of zlib: Z_STREAM_END, Z_BUF_ERROR (more bytes would be needed), Z_OK (the limit was
/// reached), or what is wrong.
Result<int> inflateMember(QByteArrayView bytes, qsizetype limit, Inflated &all)
{
    Stream stream(all.container);
    if (!stream.isOpen()) {
        return Error{Error::Code::TooLarge, QStringLiteral("There is not enough memory to inflate")};
    }
    bytes = bytes.sliced(all.used);
    // zlib does not write to its input, but says so only when it is told at compile time.
    stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream->avail_in = static_cast<uInt>(std::min<qsizetype>(bytes.size(), std::numeric_limits<int>::max()));
    const qsizetype usedBefore = all.used;
    QByteArray piece(MaxPiece, Qt::Uninitialized);
    int status = Z_OK;
    while (status == Z_OK) {
        stream->next_out = reinterpret_cast<Bytef *>(piece.data());
        stream->avail_out = static_cast<uInt>(piece.size());
        status = stream.step();
        all.used = usedBefore + (reinterpret_cast<const char *>(stream->next_in) - bytes.data());
        const qsizetype made = piece.size() - static_cast<qsizetype>(stream->avail_out);
        const qsizetype room = limit - all.bytes.size();
        all.bytes.append(piece.constData(), std::min(made, room));
        if (made > room) {
            all.isCut = true;
            return Z_OK;
        }
    }
    if (status != Z_STREAM_END && status != Z_BUF_ERROR) {
        //: What zlib says is English and short: "invalid block type"
        return Error{Error::Code::Malformed,
                     QStringLiteral("%1 at byte %2")
                         .arg(QLatin1String(stream->msg ? stream->msg : "A dictionary would be needed"))
                         .arg(all.used)};
    }
    return status;
}

} // namespace

Container containerOf(QByteArrayView bytes)
{
    const auto at = [&bytes](qsizetype index) {
        return static_cast<quint8>(bytes[index]);
    };
    if (bytes.size() >= 3 && at(0) == 0x1f && at(1) == 0x8b && at(2) == 8) {
        return Container::Gzip;
    }
    // RFC 1950, 2.2: method 8, a window of at most 32 KiB, and a check over the two bytes.
    const bool isZlib =
        bytes.size() >= 2 && (at(0) & 0x0f) == 8 && (at(0) >> 4) <= 7 && (at(0) * 256 + at(1)) % 31 == 0;
    return isZlib ? Container::Zlib : Container::Raw;
}

Result<Inflated> inflate(QByteArrayView bytes, qsizetype limit)
{
    if (bytes.isEmpty()) {
        return Error{Error::Code::Malformed, QStringLiteral("There is nothing to inflate")};
    }
    Inflated all;
    all.container = containerOf(bytes);
    do {
        const Result<int> status = inflateMember(bytes, limit, all);
        if (!status) {
            return status.error();
        }
        all.isIncomplete = *status == Z_BUF_ERROR;
        if (*status != Z_STREAM_END) {
            return all;
        }
    } while (all.container == Container::Gzip && containerOf(bytes.sliced(all.used)) == Container::Gzip);
    return all;
}

} // namespace Sidewire::Inflate
