// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagetable.h"
#include "core/index/sessionlog.h"

#include <QString>

#include <optional>
#include <utility>

namespace Sidewire {

/// What one line of a list says of a message's content, from its first bytes: text as text, anything else as hex, a
/// Close with the name of its code, an HTTP head by its first line.
class MessagePreview
{
public:
    static constexpr int MaxChars = 400; ///< Far more than a screen is wide; shaping longer strings costs

    explicit MessagePreview(const SessionLog &log)
        : m_log(log)
    {}

    /// Nothing while the bytes are not in memory.
    std::optional<QString> of(const Message &message) const;

    /// The first bytes of the content, from which that text is made. Nothing while they are not in memory.
    std::optional<QByteArray> bytesOf(const Message &message) const;

    /// Where a part of the content stands in that text, as first character and one past the last; nothing where it is not in it.
    std::optional<std::pair<qsizetype, qsizetype>> placeOf(const Message &message, const ByteSpan &part) const;
    static std::optional<std::pair<qsizetype, qsizetype>> placeIn(QByteArrayView bytes, const Message &message,
                                                                  const ByteSpan &part);

    /// "1000 Normal Closure · bye"; "no code" for an empty payload.
    static QString ofClose(QByteArrayView payload);

private:
    const SessionLog &m_log;
};

} // namespace Sidewire
