// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagedeflate.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <optional>
#include <zlib.h>

namespace Sidewire {

namespace {

/// What the sender leaves out at the end of each message (RFC 7692, 7.2.1).
constexpr QByteArrayView Tail("\x00\x00\xff\xff", 4);

constexpr int MaxWindow = 1 << 15;
constexpr qsizetype MaxInput = 1 << 30; // zlib counts in 32 bits
constexpr qsizetype MaxCheckedInput = 16 * 1024; // So that checking ends soon behind the limit of a message

/// On the stack, so that a connection that is idle holds none. The tail alone cannot inflate to as much: 4 bytes are at
/// most 32 matches of 258 bytes.
using Buffer = std::array<char, 16 * 1024>;

void setInput(z_stream &stream, QByteArrayView bytes)
{
    // zlib changes nothing there, but says so only when it is built to.
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
}

void setOutput(z_stream &stream, Buffer &buffer)
{
    stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
}

/// What a call left in the buffer.
QByteArrayView output(const z_stream &stream, const Buffer &buffer)
{
    return {buffer.data(), static_cast<qsizetype>(buffer.size() - stream.avail_out)};
}

/// Finds references to what a smaller window no longer holds, by inflating a second time with it.
///
/// zlib lets a reference also reach back over everything that the same call gave out. So each call gives out one byte,
/// which makes the answer exact, the same for any splitting, and slow: done only where less than 15 bits were agreed on.
class WindowCheck
{
public:
    explicit WindowCheck(int windowBits)
    {
        if (inflateInit2(&m_stream, -windowBits) != Z_OK) {
            qBadAlloc();
        }
    }
    ~WindowCheck() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(WindowCheck)

    void feed(QByteArrayView compressed);
    bool hasFailed() const { return m_state == State::Failed; }
    void ignoreTheRest() { m_state = State::Ended; } ///< Until restart()
    void restart()
    {
        inflateReset(&m_stream);
        m_state = State::Fine;
    }

private:
    enum class State { Fine, AfterFinalBlock, Failed, Ended };

    z_stream m_stream{};
    State m_state = State::Fine;
};

void WindowCheck::feed(QByteArrayView compressed)
{
    setInput(m_stream, compressed);
    while (m_state == State::Fine || (m_state == State::AfterFinalBlock && m_stream.avail_in > 0)) {
        if (m_state == State::AfterFinalBlock) {
            inflateResetKeep(&m_stream);
            m_state = State::Fine;
        }
        Bytef byte = 0;
        m_stream.next_out = &byte;
        m_stream.avail_out = 1;
        const int code = ::inflate(&m_stream, Z_NO_FLUSH);
        if (code == Z_BUF_ERROR || (code == Z_OK && m_stream.avail_out > 0)) {
            return; // no more input
        }
        if (code != Z_OK) {
            m_state = code == Z_STREAM_END ? State::AfterFinalBlock : State::Failed;
        }
    }
}

} // namespace

class MessageInflater::Private
{
public:
    Private(ContextTakeover takeover, int windowBits)
        : m_takeover(takeover)
    {
        if (inflateInit2(&m_stream, -15) != Z_OK) {
            qBadAlloc();
        }
        if (windowBits < 15) {
            m_check.emplace(std::max(windowBits, 8));
        }
    }
    ~Private() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Private)

    Status feed(QByteArrayView compressed, qint64 limit, const Sink &sink);
    Status finish(qint64 limit, const Sink &sink);
    void loseContext();

private:
    void inflatePiece(QByteArrayView piece, qint64 limit, const Sink &sink);
    void give(QByteArrayView bytes, qint64 limit, const Sink &sink);
    void fail();
    void startMessage();
    void restart();
    bool isAtBlockBoundary() const;

    z_stream m_stream{};
    std::optional<WindowCheck> m_check;
    ContextTakeover m_takeover;
    qint64 m_sinceRestart = 0; ///< Bytes inflated
    bool m_isContextMissing = false; ///< A reference to before the restart is not the sender's fault

    Status m_status = Status::Ok; ///< Of the message, as the members below
    qint64 m_given = 0;
    bool m_isDead = false; ///< The rest of the message is not looked at
    bool m_hasStreamEnded = false; ///< The last block was a final one
};

MessageInflater::Status MessageInflater::Private::feed(QByteArrayView compressed, qint64 limit, const Sink &sink)
{
    const qsizetype step = m_check ? MaxCheckedInput : MaxInput;
    for (qsizetype at = 0; at < compressed.size() && !m_isDead; at += step) {
        inflatePiece(compressed.sliced(at, std::min(step, compressed.size() - at)), limit, sink);
    }
    return m_status;
}

void MessageInflater::Private::inflatePiece(QByteArrayView piece, qint64 limit, const Sink &sink)
{
    if (m_check) {
        m_check->feed(piece);
    }
    setInput(m_stream, piece);
    while (!m_isDead) {
        if (m_hasStreamEnded) {
            if (m_stream.avail_in == 0) {
                return;
            }
            // RFC 7692, 7.2.3.4: a final block ends no message, and the window goes on.
            inflateResetKeep(&m_stream);
            m_hasStreamEnded = false;
        }
        Buffer buffer; // NOLINT: read as far as zlib has filled it
        setOutput(m_stream, buffer);
        const int code = ::inflate(&m_stream, Z_NO_FLUSH);
        give(output(m_stream, buffer), limit, sink);
        if (m_isDead) {
            return; // whatever the same call met behind the limit
        }
        m_hasStreamEnded = code == Z_STREAM_END;
        if (code == Z_BUF_ERROR || (code == Z_OK && m_stream.avail_out > 0)) {
            return; // no more input
        }
        if (code != Z_OK && code != Z_STREAM_END) {
            fail();
        }
    }
}

void MessageInflater::Private::give(QByteArrayView bytes, qint64 limit, const Sink &sink)
{
    m_sinceRestart += bytes.size();
    const qint64 size = std::min<qint64>(bytes.size(), limit - m_given);
    if (size > 0) {
        sink(bytes.first(size));
        m_given += size;
    }
    if (size < bytes.size()) {
        m_status = Status::TooLarge;
        if (m_check) {
            m_check->ignoreTheRest(); // A bomb shall not be inflated slowly
        }
        m_isDead = m_takeover == ContextTakeover::Off; // nobody needs the rest
    }
}

void MessageInflater::Private::fail()
{
    m_status = m_isContextMissing && m_sinceRestart < MaxWindow ? Status::ContextMissing : Status::Corrupt;
    m_isContextMissing = m_status == Status::ContextMissing;
    m_isDead = true;
    restart();
}

MessageInflater::Status MessageInflater::Private::finish(qint64 limit, const Sink &sink)
{
    // A final block that ends the message needs no tail, although RFC 7692, 7.2.3.4 has a byte follow it.
    if (!m_isDead && !m_hasStreamEnded) {
        inflatePiece(Tail, limit, sink);
        if (!m_isDead && !m_hasStreamEnded && !isAtBlockBoundary()) {
            fail(); // cut off
        }
    }
    if (m_check && m_check->hasFailed()) {
        m_status = m_status == Status::Ok ? Status::TooFarBack : m_status;
        m_check->ignoreTheRest(); // its window is not what the sender's is any more
    }
    const Status status = m_status;
    startMessage();
    return status;
}

/// Right only after a call that took the last byte of the tail.
bool MessageInflater::Private::isAtBlockBoundary() const
{
    constexpr int AfterBlock = 128; // zlib.h: of inflate(); the lowest bits count the unused bits of the last byte
    constexpr int UnusedBits = 7;
    return (m_stream.data_type & AfterBlock) != 0 && (m_stream.data_type & UnusedBits) == 0;
}

void MessageInflater::Private::startMessage()
{
    m_status = Status::Ok;
    m_given = 0;
    m_isDead = false;
    if (m_takeover == ContextTakeover::Off) {
        restart();
        m_isContextMissing = false;
    }
}

void MessageInflater::Private::loseContext()
{
    m_isContextMissing = m_takeover == ContextTakeover::On;
    restart();
    startMessage();
}

void MessageInflater::Private::restart()
{
    inflateReset(&m_stream);
    if (m_check) {
        m_check->restart();
    }
    m_sinceRestart = 0;
    m_hasStreamEnded = false;
}

MessageInflater::MessageInflater(ContextTakeover takeover, int windowBits)
    : d(std::make_unique<Private>(takeover, windowBits))
{}

MessageInflater::~MessageInflater() = default;
MessageInflater::MessageInflater(MessageInflater &&other) noexcept = default;
MessageInflater &MessageInflater::operator=(MessageInflater &&other) noexcept = default;

MessageInflater::Status MessageInflater::feed(QByteArrayView compressed, qint64 limit, const Sink &sink)
{
    return d->feed(compressed, limit, sink);
}

MessageInflater::Status MessageInflater::finish(qint64 limit, const Sink &sink)
{
    return d->finish(limit, sink);
}

void MessageInflater::loseContext()
{
    d->loseContext();
}

class MessageDeflater::Private
{
public:
    Private(ContextTakeover messageContext, int windowBits)
        : takeover(messageContext)
        // zlib deflates raw data with no window below 512 bytes. That one serves for 256 too: its references reach back
        // by the size of the window less 262 bytes at most (deflate.h, MAX_DIST), so by 250.
        , bits(std::clamp(windowBits, 9, 15))
    {}
    ~Private()
    {
        if (isOpen) {
            deflateEnd(&stream);
        }
    }
    Q_DISABLE_COPY_MOVE(Private)

    /// With the first message: it takes 256 KiB, and a listener may have very many clients to which nothing is sent.
    void open()
    {
        constexpr int MemoryLevel = 8;
        if (!isOpen
            && deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -bits, MemoryLevel, Z_DEFAULT_STRATEGY)
                != Z_OK) {
            qBadAlloc();
        }
        isOpen = true;
    }

    z_stream stream{};
    ContextTakeover takeover;
    int bits;
    bool isOpen = false;
};

MessageDeflater::MessageDeflater(ContextTakeover takeover, int windowBits)
    : d(std::make_unique<Private>(takeover, windowBits))
{}

MessageDeflater::~MessageDeflater() = default;
MessageDeflater::MessageDeflater(MessageDeflater &&other) noexcept = default;
MessageDeflater &MessageDeflater::operator=(MessageDeflater &&other) noexcept = default;

QByteArray MessageDeflater::deflate(QByteArrayView content)
{
    d->open();
    QByteArray payload;
    qsizetype at = 0;
    do {
        const qsizetype size = std::min(MaxInput, content.size() - at);
        setInput(d->stream, content.sliced(at, size));
        at += size;
        const int flush = at == content.size() ? Z_SYNC_FLUSH : Z_NO_FLUSH;
        do {
            Buffer buffer; // NOLINT: read as far as zlib has filled it
            setOutput(d->stream, buffer);
            ::deflate(&d->stream, flush);
            payload += output(d->stream, buffer);
        } while (d->stream.avail_out == 0);
    } while (at < content.size());

    if (d->takeover == ContextTakeover::Off) {
        deflateReset(&d->stream);
    }
    payload.chop(payload.endsWith(Tail) ? Tail.size() : 0);
    // RFC 7692, 7.2.3.6: nothing to say, which zlib does not say twice
    return payload.isEmpty() ? QByteArray(1, '\0') : payload;
}

} // namespace Sidewire
