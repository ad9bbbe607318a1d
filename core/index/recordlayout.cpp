// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recordlayout.h"

#include "core/base/partitionpoint.h"

#include <algorithm>

namespace Sidewire {

qint64 RecordLayout::lineCount(Width width) const
{
    return firstLine(count(), width);
}

qint64 RecordLayout::firstLine(qint64 record, Width width) const
{
    Q_ASSERT(record >= 0 && record <= count());
    if (record == 0) {
        return 0;
    }
    // A checkpoint comes with its first record, so there is none yet just past a full stretch.
    const qint64 checkpoint = (record - 1) / RecordsPerCheckpoint;
    qint64 line = m_checkpoints.at(checkpoint).lines[static_cast<int>(width)];
    for (qint64 row = checkpoint * RecordsPerCheckpoint; row < record; ++row) {
        line += linesOf(rowAt(row).length, width);
    }
    return line;
}

RecordLayout::Place RecordLayout::at(qint64 line, Width width) const
{
    const qint64 records = count();
    if (line < 0 || records == 0) {
        return {};
    }
    // The last checkpoint at or before the line, among those whose records are published.
    const qint64 checkpoints = (records - 1) / RecordsPerCheckpoint + 1;
    const qint64 low =
        partitionPoint(1, checkpoints,
                       [&](qint64 index) { return m_checkpoints.at(index).lines[static_cast<int>(width)] <= line; })
        - 1;

    qint64 first = m_checkpoints.at(low).lines[static_cast<int>(width)];
    const qint64 end = std::min(records, (low + 1) * RecordsPerCheckpoint);
    for (qint64 row = low * RecordsPerCheckpoint; row < end; ++row) {
        const qint64 lines = linesOf(rowAt(row).length, width);
        if (line < first + lines) {
            return {row, line - first};
        }
        first += lines;
    }
    return {};
}

} // namespace Sidewire
