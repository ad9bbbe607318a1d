// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recordlines.h"

#include <algorithm>

namespace Sidewire {

RecordLines::RecordLines(std::shared_ptr<const SessionLog> log, std::shared_ptr<RecordSubset> subset)
    : m_log(std::move(log))
    , m_subset(std::move(subset))
{
    refresh();
}

void RecordLines::refresh()
{
    if (m_subset) {
        m_subset->update();
        m_examined = m_subset->examined(); // Before the count, which may grow meanwhile
        m_count = m_subset->count();
    } else {
        m_count = m_log ? m_log->records().count() : 0;
    }
}

bool RecordLines::shows(qint64 record) const
{
    const qint64 place = m_subset ? m_subset->lowerBound(record) : record;
    return place < m_count && (!m_subset || m_subset->at(place) == record);
}

qint64 RecordLines::lineCount(Width width) const
{
    return m_log ? layout().firstLine(m_count, width) : 0;
}

qint64 RecordLines::firstLine(qint64 record, Width width) const
{
    if (!m_log) {
        return 0;
    }
    return layout().firstLine(std::min(m_subset ? m_subset->lowerBound(record) : record, m_count), width);
}

RecordLayout::Place RecordLines::at(qint64 line, Width width) const
{
    RecordLayout::Place place = layout().at(line, width);
    if (m_subset && place.record >= 0) {
        place.record = m_subset->at(place.record);
    }
    return place;
}

std::optional<qint64> RecordLines::before(qint64 record) const
{
    const qint64 place = m_subset ? m_subset->lowerBound(record) : record;
    if (place == 0) {
        return {};
    }
    return m_subset ? m_subset->at(place - 1) : place - 1;
}

} // namespace Sidewire
