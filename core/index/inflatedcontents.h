// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"
#include "core/index/texttable.h"
#include "core/lens/contentstore.h"

#include <optional>

namespace Sidewire {

/// What compressed messages inflate to, in unlinked files beside the rows. One writer, any number of readers.
class InflatedContents final : public ContentStore
{
public:
    explicit InflatedContents(const NoRoomHandler &noRoom = {})
        : m_bytes(noRoom)
        , m_pieces(noRoom)
    {}

    /// Pieces that follow each other and were not published yet become one.
    quint32 append(QByteArrayView piece, quint32 previous) override;

    /// Why something could not be kept: a full disk. It stays.
    const std::optional<Error> &error() const { return m_error; }

    [[nodiscard]] Result<void> publish();

    /// The content that ends with piece `last`, at most `limit` bytes of its beginning. For readers.
    QByteArray read(quint32 last, qint64 limit) const;

private:
    struct Piece
    {
        qint64 offset = 0;
        quint32 length = 0;
        quint32 previous = None;
    };

    bool closePiece();

    TextTable m_bytes;
    AppendTable<Piece> m_pieces;
    std::optional<Piece> m_open; ///< The last piece, not in the table yet
    std::optional<Error> m_error;
};

} // namespace Sidewire
