// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace Sidewire {

/// Texts of any length, one behind the other, for rows that name them by offset and length. One writer; readers see what
/// rows that were published later point at.
class TextTable
{
public:
    explicit TextTable(NoRoomHandler noRoom = {})
        : m_bytes(std::move(noRoom))
    {}

    /// Where the text begins.
    Result<qint64> append(QByteArrayView text);

    [[nodiscard]] Result<void> publish() { return m_bytes.publish(); }

    /// A copy of a text that was published.
    QByteArray read(qint64 offset, qint64 length) const;

private:
    AppendTable<char> m_bytes;
};

} // namespace Sidewire
