// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"
#include "core/index/rows.h"

namespace Sidewire {

/// Where each record stands in a byte view that gives it one header line and then 8, 16 or 32 bytes a line. Any lookup
/// is a binary search, whatever the size of the log.
class RecordLayout
{
public:
    enum class Width { Bytes8, Bytes16, Bytes32 };
    static constexpr int bytesPerLine(Width width) { return 8 << static_cast<int>(width); }

    /// With `numbers` only of the records that stand in it; each is then called by its place there.
    explicit RecordLayout(const AppendTable<RecordRow> &records, const AppendTable<qint64> *numbers = nullptr,
                          NoRoomHandler noRoom = {})
        : m_records(records)
        , m_numbers(numbers)
        , m_checkpoints(std::move(noRoom))
    {}

    /// Lines of all published records.
    qint64 lineCount(Width width) const;

    /// The line of the header of `record` (record == count gives lineCount()).
    qint64 firstLine(qint64 record, Width width) const;

    struct Place
    {
        qint64 record = -1;
        qint64 line = 0; ///< Within the record: 0 is its header
    };
    Place at(qint64 line, Width width) const;

    // For the indexer: after each row appended to the records, before it is published.
    [[nodiscard]] Result<void> append(quint32 length)
    {
        if (m_appended % RecordsPerCheckpoint == 0) {
            if (auto added = m_checkpoints.append({{m_lines[0], m_lines[1], m_lines[2]}}); !added) {
                return added;
            }
        }
        m_lines[0] += linesOf(length, Width::Bytes8);
        m_lines[1] += linesOf(length, Width::Bytes16);
        m_lines[2] += linesOf(length, Width::Bytes32);
        ++m_appended;
        return {};
    }
    [[nodiscard]] Result<void> publish() { return m_checkpoints.publish(); }

private:
    struct Checkpoint
    {
        qint64 lines[3]; ///< Before record 64 * index
    };
    static constexpr qint64 RecordsPerCheckpoint = 64;

    static constexpr qint64 linesOf(quint32 length, Width width)
    {
        const int shift = 3 + static_cast<int>(width);
        return 1 + ((qint64(length) + bytesPerLine(width) - 1) >> shift);
    }

    qint64 count() const { return m_numbers ? m_numbers->count() : m_records.count(); }
    const RecordRow &rowAt(qint64 record) const { return m_records.at(m_numbers ? m_numbers->at(record) : record); }

    const AppendTable<RecordRow> &m_records;
    const AppendTable<qint64> *m_numbers;
    AppendTable<Checkpoint> m_checkpoints;
    qint64 m_lines[3] = {};
    qint64 m_appended = 0;
};

} // namespace Sidewire
