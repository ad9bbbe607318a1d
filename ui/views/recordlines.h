// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/rowsubset.h"

#include <memory>
#include <optional>

namespace Sidewire {

/// The lines of a byte view: those of all records of a log, or of the ones that a filter lets through. Records keep
/// their own numbers either way. What has come is taken over by refresh(); until then nothing grows.
class RecordLines
{
public:
    using Width = RecordLayout::Width;

    RecordLines() = default;

    /// Without a subset: all.
    explicit RecordLines(std::shared_ptr<const SessionLog> log, std::shared_ptr<RecordSubset> subset = {});

    void refresh();

    bool isFiltered() const { return m_subset != nullptr; }
    QString error() const { return m_subset ? m_subset->error() : QString(); } ///< What ended the filter's work

    /// Whether it is known by now if `record` is shown.
    bool hasReached(qint64 record) const { return !m_subset || m_examined > record; }

    bool shows(qint64 record) const;

    qint64 lineCount(Width width) const;

    /// The line of the header of `record`; of the next one that is shown where it is hidden.
    qint64 firstLine(qint64 record, Width width) const;

    RecordLayout::Place at(qint64 line, Width width) const;

    std::optional<qint64> before(qint64 record) const; ///< The shown record before a shown one

private:
    const RecordLayout &layout() const { return m_subset ? m_subset->layout() : m_log->layout(); }

    std::shared_ptr<const SessionLog> m_log;
    std::shared_ptr<RecordSubset> m_subset;
    qint64 m_examined = 0; ///< By the subset, as of the last refresh
    qint64 m_count = 0; ///< Records that are shown, as of the last refresh
};

} // namespace Sidewire
