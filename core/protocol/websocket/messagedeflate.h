// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>

namespace Sidewire {

enum class ContextTakeover : quint8 { On, Off };

/// Inflates the messages of one direction of a WebSocket connection (RFC 7692, 7.2.2), a piece at a time. zlib does the work.
class MessageInflater
{
public:
    /// `windowBits` as agreed on. What was deflated with a larger window is inflated all the same, and said to be.
    explicit MessageInflater(ContextTakeover takeover, int windowBits = 15);
    ~MessageInflater();
    MessageInflater(MessageInflater &&other) noexcept;
    MessageInflater &operator=(MessageInflater &&other) noexcept;

    enum class Status {
        Ok,
        Corrupt, ///< No deflate data: the rest of this message gives nothing, nor do later ones that need it as context
        TooLarge, ///< The limit was reached and given out; the rest is inflated only to keep the context
        /// All of it was inflated, but it refers to what a window of `windowBits` no longer holds. Not looked for any more
        /// once a message was TooLarge or TooFarBack, until the context starts anew.
        TooFarBack,
        ContextMissing, ///< What it refers to was lost (loseContext()): whether it is right cannot be known
    };
    using Sink = std::function<void(QByteArrayView)>;

    /// Bytes of the message, unmasked, in order. `sink` gets what they inflate to, in pieces of at most 64 KiB, `limit`
    /// bytes a message at most.
    Status feed(QByteArrayView compressed, qint64 limit, const Sink &sink);

    /// The message ends: feeds the four bytes 00 00 ff ff that the sender left out, and makes ready for the next one.
    Status finish(qint64 limit, const Sink &sink);

    /// Bytes are missing (a gap): what has begun of a message is over, and until a whole window has been inflated again
    /// only messages that refer to nothing before the gap can be.
    void loseContext();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Deflates the messages of one direction (RFC 7692, 7.2.1).
class MessageDeflater
{
public:
    explicit MessageDeflater(ContextTakeover takeover, int windowBits = 15);
    ~MessageDeflater();
    MessageDeflater(MessageDeflater &&other) noexcept;
    MessageDeflater &operator=(MessageDeflater &&other) noexcept;

    /// The payload of the compressed message, without the last four bytes 00 00 ff ff.
    QByteArray deflate(QByteArrayView content);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
