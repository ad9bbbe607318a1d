// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// One record of a connection as a lens sees it.
struct LensInput
{
    Direction direction = Direction::In;
    qint64 record = 0; ///< Index in the record table
    qint64 time = 0; ///< Nanoseconds since 1970 UTC
    qint64 offset = 0; ///< Stream offset of the first byte
    qint64 length = 0; ///< Bytes in the record
    QByteArrayView bytes; ///< The bytes themselves; empty where needsBytes() is false or passesOver() covers them
};

/// Cuts the bytes of one connection into messages.
///
/// Pure and incremental: records of both directions go in, in the order in which they crossed the socket, and messages
/// come out as spans of stream offsets. A lens keeps no payload beyond what its framing needs. Stream lenses give the
/// same messages however the bytes were split into records; `reads` and `datagrams` depend on records by
/// definition. Broken traffic is never an error: it becomes violations, and cutting goes on.
class Lens
{
public:
    Lens() = default;
    virtual ~Lens() = default;
    Q_DISABLE_COPY_MOVE(Lens)

    /// False for a lens that cuts by lengths alone, so that the bytes need not be fetched. May turn false once a
    /// guess has been made, never true again.
    virtual bool needsBytes() const = 0;

    /// How many of the bytes that come next in this direction the lens will not look at, such as the payload of a large
    /// binary frame: a record that lies within them need not be fetched.
    virtual qint64 passesOver(Direction) const { return 0; }

    /// Appends to `messages` each message that `input` completes. Leaves `connection` of the messages unset.
    virtual void feed(const LensInput &input, std::vector<Message> &messages) = 0;

    /// `input.length` bytes from `input.offset` were lost; what had begun in that direction is completed as Unterminated.
    virtual void gap(const LensInput &input, std::vector<Message> &messages) = 0;

    /// No more bytes come in this direction; what had begun is completed as Unterminated.
    virtual void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) = 0;

    /// The message that has begun and not ended, if any: the provisional last row of its direction.
    virtual std::optional<Message> unfinished(Direction direction) const = 0;

    /// The name of the lens that really cuts ("lines" while `auto` has decided for lines), and why a guess was made
    /// ("the first 14 bytes are text with a line end"); the reason is empty where nothing was guessed.
    struct Decision
    {
        QByteArray lens;
        QByteArray reason;
    };
    /// Nothing while a guess is still open.
    virtual std::optional<Decision> decision() const = 0;
};

} // namespace Sidewire
