// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire {

/// Finds where the messages of one direction of a stream begin and end. FramingLens makes messages of that.
///
/// Bytes are looked at once and never kept. The same bytes give the same messages however they are split.
class Framing
{
public:
    Framing() = default;
    virtual ~Framing() = default;
    Q_DISABLE_COPY_MOVE(Framing)

    struct Step
    {
        enum class Outcome {
            More, ///< All bytes belong to the message, and it goes on
            Complete, ///< The message ends after `used` bytes
            Outside, ///< The same, but these bytes are no message: they stand between two
            Misfit, ///< The stream is not framed like this: see misfit(). Nothing is fed any more
        };
        Outcome outcome = Outcome::More;
        qsizetype used = 0; ///< Of the bytes that were fed; at least 1 with Complete
    };

    /// Goes on with the present message; after Complete or Outside the next one begins.
    virtual Step feed(QByteArrayView bytes) = 0;

    /// Of the message that feed() has just completed, or of the unfinished one: framing bytes before and after its content.
    virtual qint64 header() const { return 0; }
    virtual qint64 trailer() const { return 0; }

    /// False while there is nothing of a message but, say, blanks before it.
    virtual bool hasBegun() const { return true; }

    /// Forgets the message that has begun: bytes are missing.
    virtual void restart() = 0;

    /// Why the stream does not fit, without a full stop.
    virtual QByteArray misfit() const { return {}; }

    /// `content` framed, as it would be sent. An Error where it cannot be framed.
    virtual Result<QByteArray> wrap(QByteArrayView content) const = 0;
};

} // namespace Sidewire
