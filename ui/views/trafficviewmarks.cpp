// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Finding and bookmarks of a traffic view.

#include "trafficview.h"

#include "core/base/clock.h"
#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficsearch.h"
#include "ui/widgets/searchbar.h"

#include <QApplication>
#include <QPlainTextEdit>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxSelectedNeedle = 256; // Bytes of a selection that go into the search field

/// Anybody can write a log: whether the bookmark lies where it says.
bool isPlace(const SessionLog &log, const Bookmark &bookmark)
{
    if (bookmark.record >= log.records().count()) {
        return false;
    }
    const RecordRow &row = log.records().at(bookmark.record);
    return row.connection == bookmark.position.connection && row.direction == bookmark.position.direction
        && row.span().contains(bookmark.position.offset);
}

bool isLine(QByteArrayView bytes)
{
    return Text::isValidUtf8(bytes)
        && std::ranges::none_of(bytes, [](char byte) { return static_cast<quint8>(byte) < 0x20 || byte == 0x7f; });
}

} // namespace

void TrafficView::buildMarks()
{
    m_bytes->setMarks(&m_marks);
    m_messages->setMarks(&m_marks);
    m_search->setStart([this] { return m_log ? m_bytes->placeOfLine(m_bytes->topLine()) : BytePlace(); });
    connect(m_search, &TrafficSearch::hitReached, this, &TrafficView::showBytes);
    connect(m_search, &TrafficSearch::marksChanged, this, &TrafficView::repaintMarks);
    connect(m_search, &TrafficSearch::closed, this, [this] {
        if (m_focusBefore) {
            m_focusBefore->setFocus(Qt::OtherFocusReason);
        } else {
            focusMessages();
        }
    });
}

void TrafficView::repaintMarks()
{
    m_bytes->viewport()->update();
    m_messages->viewport()->update();
}

void TrafficView::find()
{
    QWidget *focus = QApplication::focusWidget();
    if (!m_search->isOpen() || !m_searchBar->isAncestorOf(focus)) {
        m_focusBefore = focus;
    }
    const auto *text = qobject_cast<const QPlainTextEdit *>(focus);
    if (text && isAncestorOf(text) && text->textCursor().hasSelection()) {
        const QString selected = text->textCursor().selectedText().section(QChar::ParagraphSeparator, 0, 0);
        m_search->open(selected, SearchQuery::Mode::Text);
        return;
    }
    const std::optional<QByteArray> bytes = selectedNeedle();
    if (!bytes) {
        m_search->open();
    } else if (isLine(*bytes)) {
        m_search->open(QString::fromUtf8(*bytes), SearchQuery::Mode::Text);
    } else {
        m_search->open(Hex::fromBytes(*bytes), SearchQuery::Mode::Hex);
    }
}

void TrafficView::markFound(const QString &text)
{
    m_search->mark(text);
}

void TrafficView::findNext()
{
    if (m_searchBar->query().text.isEmpty()) {
        find();
        return;
    }
    m_search->next();
}

void TrafficView::findPrevious()
{
    if (m_searchBar->query().text.isEmpty()) {
        find();
        return;
    }
    m_search->previous();
}

/// The bytes that were selected one by one, if they are few and at hand.
std::optional<QByteArray> TrafficView::selectedNeedle() const
{
    const bool isFew = m_selection && m_used == m_bytes && !m_isShownPlace && m_selection->size() <= MaxSelectedNeedle
        && m_selection->firstRecord == m_selection->lastRecord && !m_selection->isEmpty();
    if (!isFew) {
        return {};
    }
    const RecordRow &row = m_log->records().at(m_selection->firstRecord);
    return m_log->bytes().tryRead(row.fileOffset + m_selection->begin() - row.streamOffset, m_selection->size());
}

void TrafficView::showBytes(const TrafficSelection &selection)
{
    setFollowing(false);
    m_used = m_bytes;
    const BytePlace place{selection.firstRecord, selection.begin()};
    const qint64 row = m_messages->rowOf(place); // Or the next one that is shown
    m_messages->setCurrent(m_messages->rowHolding(place));
    setSelection(selection);
    m_isShownPlace = true;
    m_messages->ensureVisible(row, row);
    m_bytes->setCursor({selection.firstRecord, selection.begin()});
    m_bytes->reveal({selection.firstRecord, selection.begin()},
                    {selection.lastRecord, std::max(selection.begin(), selection.end() - 1)});
}

std::optional<Bookmark> TrafficView::selectedBookmark() const
{
    if (!m_selection || m_selection->isEmpty()) {
        return {};
    }
    const Position position{m_selection->connection, m_selection->direction, m_selection->begin()};
    if (const Bookmark *bookmark = m_marks.marks().at(position)) {
        return *bookmark;
    }
    return Bookmark{position, m_selection->end() - m_selection->begin(), m_selection->firstRecord, {}};
}

bool TrafficView::toggleBookmark()
{
    const std::optional<Bookmark> bookmark = selectedBookmark();
    if (!bookmark) {
        return false;
    }
    const qint64 now = Clock::now();
    const bool isThere = m_marks.marks().at(bookmark->position) != nullptr;
    Q_EMIT bookmarkMade(isThere ? bookmark->toRemoval(now) : bookmark->toEvent(now));
    return true;
}

void TrafficView::keepUnsaved(const Event &event)
{
    m_marks.marks().applyUnsaved(event);
    repaintMarks();
}

void TrafficView::markSaved(std::size_t count)
{
    m_marks.marks().markSaved(count);
}

void TrafficView::showBookmark(const Bookmark &bookmark)
{
    if (!isPlace(*m_log, bookmark)) {
        return;
    }
    constexpr qint64 MaxLook = 100'000; // Records, for the end of a long one
    const qint64 end = bookmark.position.offset + std::max<qint64>(1, bookmark.length);
    const qint64 count = std::min(m_log->records().count(), bookmark.record + MaxLook);
    qint64 last = bookmark.record;
    for (qint64 record = bookmark.record; record < count; ++record) {
        const RecordRow &row = m_log->records().at(record);
        if (row.connection == bookmark.position.connection && row.direction == bookmark.position.direction) {
            last = record;
            if (row.span().end >= end) {
                break;
            }
        }
    }
    const qint64 known = std::min(end, m_log->records().at(last).span().end);
    showBytes({bookmark.position.connection,
               bookmark.position.direction,
               {{bookmark.position.offset, known}},
               bookmark.record,
               last});
}

bool TrafficView::goToBookmark(Step step)
{
    std::vector<Bookmark> all = m_marks.marks().all();
    std::erase_if(all, [this](const Bookmark &bookmark) { return !isPlace(*m_log, bookmark); });
    if (all.empty()) {
        return false;
    }
    const bool hasSelection = m_selection && !m_selection->isEmpty();
    const BytePlace top = m_bytes->placeOfLine(m_bytes->topLine());
    const std::pair place = hasSelection ? std::pair(m_selection->firstRecord, m_selection->begin())
                                         : std::pair(top.record, top.offset - 1);
    const auto placeOf = [](const Bookmark &bookmark) {
        return std::pair(bookmark.record, bookmark.position.offset);
    };
    if (step == Step::Next) {
        const auto next = std::ranges::upper_bound(all, place, {}, placeOf);
        showBookmark(next == all.end() ? all.front() : *next);
    } else {
        const auto next = std::ranges::lower_bound(all, place, {}, placeOf);
        showBookmark(next == all.begin() ? all.back() : *std::prev(next));
    }
    return true;
}

QString TrafficView::titleOf(const Bookmark &bookmark) const
{
    constexpr int MaxChars = 60;
    const QString direction =
        bookmark.position.direction == Direction::In ? tr("in", "direction") : tr("out", "direction");
    QString place = QStringLiteral("%1 0x%2").arg(direction).arg(bookmark.position.offset, 0, 16);
    if (m_log->connectionCount() > 1) {
        place.prepend(QStringLiteral("#%1 ").arg(toNumber(bookmark.position.connection)));
    }
    return bookmark.text.isEmpty()
        ? place
        : place + QStringLiteral(": ") + Text::preview(bookmark.text.simplified().toUtf8(), MaxChars);
}

} // namespace Sidewire
