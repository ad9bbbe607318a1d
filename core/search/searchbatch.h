// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Bytes of one stream side by side, whatever lies between its records in the file.
struct SearchPiece
{
    ConnectionId connection{};
    Direction direction = Direction::In;
    bool isDatagram = false; ///< Complete by itself
    qint64 begin = 0; ///< Stream offset of the first byte
    qint64 from = 0; ///< Matches begin here or later; what is before is context
    qint64 fresh = 0; ///< From here on the bytes are new: a match with none of them was found before
    qint64 end = 0;
    qsizetype place = 0; ///< Of the first byte in the batch
    std::size_t firstPart = 0; ///< Of the batch
    std::size_t endPart = 0;
};

/// Records that are searched at once, ordered by stream.
struct SearchBatch
{
    /// Where a record ends in the stream of its piece.
    struct Part
    {
        qint64 end = 0;
        qint64 record = 0;
    };

    /// Bytes of the log that are still to be read to where they belong.
    struct Unread
    {
        qint64 fileOffset = 0;
        qsizetype place = 0;
        qsizetype length = 0;
    };

    qint64 number = 0;
    qint64 endRecord = 0; ///< One past the last record
    QByteArray bytes;
    std::vector<SearchPiece> pieces;
    std::vector<Part> parts;
    std::vector<Unread> unread; ///< Large records; a worker reads them while another one divides the next batch

    QByteArrayView bytesOf(const SearchPiece &piece) const
    {
        return QByteArrayView(bytes).sliced(piece.place, piece.end - piece.begin);
    }
};

} // namespace Sidewire
