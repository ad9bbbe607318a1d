// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QByteArrayView>

#include <optional>

namespace Sidewire {

/// A message as a filter looks at it. What costs something is asked for only when the filter depends on it.
class FilterSubject
{
public:
    virtual ~FilterSubject() = default;

    virtual const Message &message() const = 0;
    virtual qint64 number() const = 0; ///< The message's number

    /// Without framing, unmasked and put together. Valid until the next call for another message.
    virtual QByteArrayView content() const = 0;

    /// Of a Close message (1005 without a code); of any message of a WebSocket connection that ended without a Close frame
    /// 1006 (RFC 6455, 7.1.5).
    virtual std::optional<quint16> closeCode() const = 0;
};

} // namespace Sidewire
