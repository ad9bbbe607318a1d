// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagereader.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace Sidewire {

/// One of the forms in which the bytes of a message can be seen, between the wire and what was meant.
struct Stage
{
    enum class Kind {
        Wire, ///< As it crossed the socket
        Unmasked, ///< Fragments unmasked where they stand
        Payload, ///< Of the one frame, unmasked
        Joined, ///< The payloads of the fragments, put together
        Content, ///< Of other lenses, where it does not stand on the wire as it is
        Inflated, ///< RFC 7692
        Decoded, ///< Wrappings of the content itself taken off
    };

    Kind kind = Kind::Wire;
    QByteArray bytes; ///< The first ones
    qint64 size = -1; ///< Of all of it; -1 where that is not known
    QString names; ///< Decoded: what was taken off, "base64 → gzip"

    friend bool operator==(const Stage &, const Stage &) = default;
};

/// The stages of a message from the wire on, each with at most `limit` bytes, without those that would show the same as the one
/// before. Nothing when some bytes are not in memory yet and it may not wait for them.
std::optional<std::vector<Stage>> stagesOf(const SessionLog &log, const Message &message, qint64 limit,
                                           MessageReader::Wait wait);

} // namespace Sidewire
