// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "streamwalk.h"

#include <algorithm>

namespace Sidewire {

bool StreamWalk::isSameStream(qint64 record, qint64 other) const
{
    const RecordRow &one = m_log.records().at(record);
    const RecordRow &two = m_log.records().at(other);
    return one.connection == two.connection && one.direction == two.direction;
}

std::optional<qint64> StreamWalk::nextRecord(qint64 record) const
{
    const qint64 end = std::min(m_log.records().count(), record + MaxLook);
    for (qint64 candidate = record + 1; candidate < end; ++candidate) {
        if (isSameStream(candidate, record) && m_log.records().at(candidate).length > 0) {
            return candidate;
        }
    }
    return {};
}

std::optional<qint64> StreamWalk::previousRecord(qint64 record) const
{
    qint64 looked = 0;
    for (qint64 candidate = m_log.records().at(record).previous; candidate >= 0 && looked < MaxLook; ++looked) {
        const RecordRow &row = m_log.records().at(candidate);
        if (row.length > 0) {
            return candidate;
        }
        candidate = row.previous;
    }
    return {};
}

std::optional<BytePlace> StreamWalk::next(BytePlace place) const
{
    if (place.offset + 1 < m_log.records().at(place.record).span().end) {
        return BytePlace{place.record, place.offset + 1};
    }
    const std::optional<qint64> record = nextRecord(place.record);
    return record ? std::optional(BytePlace{*record, m_log.records().at(*record).span().begin}) : std::nullopt;
}

std::optional<BytePlace> StreamWalk::previous(BytePlace place) const
{
    if (place.offset > m_log.records().at(place.record).span().begin) {
        return BytePlace{place.record, place.offset - 1};
    }
    const std::optional<qint64> record = previousRecord(place.record);
    return record ? std::optional(BytePlace{*record, m_log.records().at(*record).span().end - 1}) : std::nullopt;
}

std::optional<BytePlace> StreamWalk::find(BytePlace from, qint64 offset) const
{
    const qint64 end = std::min(m_log.records().count(), from.record + MaxLook);
    for (qint64 candidate = from.record; candidate < end; ++candidate) {
        if (m_log.records().at(candidate).span().contains(offset) && isSameStream(candidate, from.record)) {
            return BytePlace{candidate, offset};
        }
    }
    return {};
}

BytePlace StreamWalk::first(BytePlace place) const
{
    // Not along the chain, which could be the whole log: the first record of a stream stands near its opening.
    const qint64 end = std::min(place.record, MaxLook);
    for (qint64 record = 0; record < end; ++record) {
        if (isSameStream(record, place.record) && m_log.records().at(record).length > 0) {
            return {record, m_log.records().at(record).span().begin};
        }
    }
    return {place.record, m_log.records().at(place.record).span().begin};
}

BytePlace StreamWalk::last(BytePlace place) const
{
    const qint64 begin = std::max(place.record, m_log.records().count() - MaxLook);
    for (qint64 record = m_log.records().count() - 1; record > begin; --record) {
        if (isSameStream(record, place.record) && m_log.records().at(record).length > 0) {
            return {record, m_log.records().at(record).span().end - 1};
        }
    }
    return {place.record, m_log.records().at(place.record).span().end - 1};
}

BytePlace StreamWalk::towards(BytePlace place, BytePlace anchor) const
{
    const qint64 step = place.record > anchor.record ? -1 : 1;
    for (qint64 record = place.record, looked = 0; record != anchor.record && looked < MaxLook;
         record += step, ++looked) {
        const RecordRow &row = m_log.records().at(record);
        if (!isSameStream(record, anchor.record) || row.length == 0) {
            continue;
        }
        if (record == place.record) {
            return place;
        }
        return {record, step < 0 ? row.span().end - 1 : row.span().begin};
    }
    return place.record == anchor.record ? place : anchor;
}

TrafficSelection StreamWalk::between(BytePlace one, BytePlace other) const
{
    const auto [first, last] = std::minmax(
        one, other, [](const BytePlace &left, const BytePlace &right) { return left.offset < right.offset; });
    const RecordRow &row = m_log.records().at(first.record);
    return {row.connection, row.direction, {{first.offset, last.offset + 1}}, first.record, last.record};
}

} // namespace Sidewire
