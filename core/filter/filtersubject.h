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
    /// Of a longer content a filter looks at the first bytes only, and calls it neither valid nor invalid.
    static constexpr qint64 MaxContent = 64 * 1024 * 1024;

    virtual ~FilterSubject() = default;

    virtual const Message &message() const = 0;
    virtual std::optional<qint64> number() const = 0; ///< Nothing for one that has not ended

    /// Without framing, unmasked and put together, at most MaxContent bytes. Valid until the next call for another message.
    virtual QByteArrayView content() const = 0;

    /// Of a Close message (1005 without a code); of any message of a WebSocket connection that ended without a Close frame
    /// 1006 (RFC 6455, 7.1.5).
    virtual std::optional<quint16> closeCode() const = 0;
};

/// A message of which no more is looked at than its row: for filters that need no content.
class RowSubject final : public FilterSubject
{
public:
    explicit RowSubject(const Message &message, std::optional<qint64> number = {})
        : m_message(message)
        , m_number(number)
    {}

    const Message &message() const override { return m_message; }
    std::optional<qint64> number() const override { return m_number; }
    QByteArrayView content() const override { return {}; }
    std::optional<quint16> closeCode() const override { return {}; }

private:
    const Message &m_message;
    std::optional<qint64> m_number;
};

} // namespace Sidewire
