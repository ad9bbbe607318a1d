// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/chunkfile.h"

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
        : m_file(std::move(noRoom))
    {}

    /// Where the text begins.
    Result<qint64> append(QByteArrayView text);

    /// A copy of a text that was appended.
    QByteArray read(qint64 offset, qint64 length) const;

private:
    ChunkFile m_file;
    qint64 m_size = 0;
};

} // namespace Sidewire
