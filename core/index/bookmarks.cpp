// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bookmarks.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace Sidewire {

namespace {

const QString DirectionKey = QStringLiteral("direction");
const QString OffsetKey = QStringLiteral("offset");
const QString LengthKey = QStringLiteral("length");
const QString RecordKey = QStringLiteral("record");
const QString TextKey = QStringLiteral("text");
const QString RemovedKey = QStringLiteral("removed");

QString nameOf(Direction direction)
{
    return direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out");
}

Event eventAt(const Bookmark &bookmark, qint64 time)
{
    Event event;
    event.time = time;
    event.type = EventType::Note;
    event.connection = bookmark.position.connection;
    event.data = {{DirectionKey, nameOf(bookmark.position.direction)},
                  {OffsetKey, bookmark.position.offset},
                  {LengthKey, bookmark.length},
                  {RecordKey, bookmark.record}};
    return event;
}

std::pair<qint64, Position> placeOf(const Bookmark &bookmark)
{
    return {bookmark.record, bookmark.position};
}

/// Anybody can write a log: nothing where the event names no place.
std::optional<Bookmark> fromEvent(const Event &event)
{
    if (event.type != EventType::Note) {
        return {};
    }
    Bookmark bookmark;
    bookmark.position.offset = event.data.value(OffsetKey).toInteger(-1);
    bookmark.length = event.data.value(LengthKey).toInteger(-1);
    bookmark.record = event.data.value(RecordKey).toInteger(-1);
    bookmark.text = event.data.value(TextKey).toString().left(Bookmark::MaxText);
    const QString direction = event.data.value(DirectionKey).toString();
    const bool isPlace = event.connection && bookmark.position.offset >= 0 && bookmark.length >= 0
        && bookmark.length <= std::numeric_limits<qint64>::max() - bookmark.position.offset && bookmark.record >= 0
        && (direction == nameOf(Direction::In) || direction == nameOf(Direction::Out));
    if (!isPlace) {
        return {};
    }
    bookmark.position.connection = *event.connection;
    bookmark.position.direction = direction == nameOf(Direction::In) ? Direction::In : Direction::Out;
    return bookmark;
}

} // namespace

Event Bookmark::toEvent(qint64 time) const
{
    Event event = eventAt(*this, time);
    const QString kept = text.left(MaxText);
    if (kept.isEmpty()) {
        event.message =
            QStringLiteral("Bookmark at %1 0x%2").arg(nameOf(position.direction)).arg(position.offset, 0, 16);
    } else {
        event.data.insert(TextKey, kept);
        event.message = QStringLiteral("Note at %1 0x%2: %3")
                            .arg(nameOf(position.direction))
                            .arg(position.offset, 0, 16)
                            .arg(kept.simplified());
    }
    return event;
}

Event Bookmark::toRemoval(qint64 time) const
{
    Event event = eventAt(*this, time);
    event.data.insert(RemovedKey, true);
    event.message =
        QStringLiteral("Bookmark removed at %1 0x%2").arg(nameOf(position.direction)).arg(position.offset, 0, 16);
    return event;
}

bool Bookmarks::follow(const SessionLog &log)
{
    constexpr qint64 MaxRows = 50'000; // A log may hold any number, of which the window takes over some at a time
    constexpr int MaxNotes = 500;
    const qint64 count = log.events().count();
    const qint64 end = std::min(count, m_followed + MaxRows);
    for (int notes = 0; m_followed < end && notes < MaxNotes; ++m_followed) {
        const EventRow &row = log.events().at(m_followed);
        if (row.type == EventType::Note && row.connection != EventRow::NoConnection) {
            apply(log.event(m_followed));
            ++notes;
        }
    }
    return m_followed < count;
}

const Bookmark *Bookmarks::at(const Position &position) const
{
    const auto known = m_records.find(position);
    if (known == m_records.end()) {
        return nullptr;
    }
    return &*std::ranges::lower_bound(m_bookmarks, std::pair(known->second, position), {}, placeOf);
}

void Bookmarks::apply(const Event &event)
{
    const std::optional<Bookmark> bookmark = fromEvent(event);
    if (!bookmark) {
        return;
    }
    if (const Bookmark *known = at(bookmark->position)) {
        m_bookmarks.erase(m_bookmarks.begin() + (known - m_bookmarks.data()));
        m_records.erase(bookmark->position);
    }
    if (!event.data.value(RemovedKey).toBool() && m_bookmarks.size() < MaxCount) {
        m_bookmarks.insert(std::ranges::upper_bound(m_bookmarks, placeOf(*bookmark), {}, placeOf), *bookmark);
        m_records.insert_or_assign(bookmark->position, bookmark->record);
    }
}

void Bookmarks::applyUnsaved(const Event &event)
{
    m_unsaved.push_back(event);
    apply(event);
}

void Bookmarks::markSaved(std::size_t count)
{
    m_unsaved.erase(m_unsaved.begin(),
                    m_unsaved.begin() + static_cast<std::ptrdiff_t>(std::min(count, m_unsaved.size())));
}

} // namespace Sidewire
