// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/capture/event.h"
#include "core/index/sessionlog.h"

#include <QString>

#include <map>
#include <vector>

namespace Sidewire {

/// A place that somebody marked, with a note or without.
struct Bookmark
{
    Position position;
    qint64 length = 0; ///< Bytes
    qint64 record = 0; ///< Holds the first of them
    QString text; ///< Empty: no note

    /// As it stands in a log: a Note event with the keys direction, offset, length, record (its number), text (of a note) and
    /// removed. Text beyond MaxText is cut off.
    Event toEvent(qint64 time) const;
    Event toRemoval(qint64 time) const;

    static constexpr qsizetype MaxText = 16 * 1024; ///< Characters

    friend bool operator==(const Bookmark &, const Bookmark &) = default;
};

/// The bookmarks of a log, rebuilt from its events: a later one at the same position takes the place of the one before, and a
/// removal takes it away. No more than MaxCount are kept.
///
/// What is marked in a log that does not grow any more waits here until it is saved with a copy. For one thread.
class Bookmarks
{
public:
    static constexpr std::size_t MaxCount = 10'000;

    /// Takes over a bounded number of events that have come to the log, always the same one. True when there are more.
    bool follow(const SessionLog &log);

    const std::vector<Bookmark> &all() const { return m_bookmarks; } ///< By record and position
    const Bookmark *at(const Position &position) const;

    void apply(const Event &event); ///< Other events change nothing

    // In a log that is only read:
    void applyUnsaved(const Event &event);
    const std::vector<Event> &unsaved() const { return m_unsaved; } ///< In their order
    void markSaved(std::size_t count); ///< The oldest ones of unsaved()

private:
    std::vector<Bookmark> m_bookmarks;
    std::map<Position, qint64> m_records; ///< Where each stands
    std::vector<Event> m_unsaved;
    qint64 m_followed = 0; ///< Events of the log
};

} // namespace Sidewire
