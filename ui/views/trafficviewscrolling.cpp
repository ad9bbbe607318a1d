// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficview.h"

#include "core/base/partitionpoint.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"

#include <algorithm>

namespace Sidewire {

void TrafficView::scrollToNewest()
{
    m_bytes->scrollToEnd();
    m_messages->scrollToEnd();
}

bool TrafficView::isEndKnown() const
{
    return m_log->live() || m_log->progress().isCaughtUp;
}

void TrafficView::startHere()
{
    if (m_log) {
        m_startRecord = m_log->records().count();
        m_bytes->setFirstRecord(m_startRecord);
        m_messages->setFirstRecord(m_startRecord);
    }
}

void TrafficView::showAll()
{
    m_startRecord = 0;
    m_bytes->setFirstRecord(0);
    m_messages->setFirstRecord(0);
    if (m_isFollowing) {
        scrollToNewest();
    }
}

qint64 TrafficView::newMessages() const
{
    return m_newMessages;
}

void TrafficView::updateNewMessages()
{
    const qint64 count = m_isFollowing ? 0 : m_messages->countFrom(m_seenMessages);
    if (count != m_newMessages) {
        m_newMessages = count;
        Q_EMIT newMessagesChanged(count);
    }
}

void TrafficView::setFollowing(bool isFollowing)
{
    if (!isFollowing && m_isFollowing) {
        m_seenMessages = m_messages->endNumber();
    }
    const bool isOther = isFollowing != m_isFollowing;
    m_isFollowing = isFollowing;
    if (isFollowing) {
        scrollToNewest();
    }
    updateNewMessages();
    if (isOther) {
        Q_EMIT followingChanged(isFollowing);
    }
}

void TrafficView::onScrolledByUser(LogScrollArea *leader)
{
    setFollowing(leader->isAtEnd());
    if (!m_isFollowing) {
        alignFollower(leader);
    }
    if (const std::optional<qint64> time = timeOfTop(leader)) {
        Q_EMIT scrolledToTime(*time);
    }
}

std::optional<qint64> TrafficView::timeOfTop(const LogScrollArea *view) const
{
    if (view == m_messages) {
        const std::optional<Message> message = m_messages->messageAt(m_messages->topLine());
        return message ? std::optional(message->time) : std::nullopt;
    }
    const BytePlace place = m_bytes->placeOfLine(m_bytes->topLine());
    return place.isValid() ? std::optional(m_log->records().at(place.record).time) : std::nullopt;
}

void TrafficView::showTime(qint64 time)
{
    if (!m_log || m_log->records().count() == 0) {
        return;
    }
    const AppendTable<RecordRow> &records = m_log->records();
    const qint64 record =
        partitionPoint(0, records.count() - 1, [&](qint64 index) { return records.at(index).time < time; });
    setFollowing(false);
    const BytePlace place{record, records.at(record).streamOffset};
    m_bytes->scrollTo(m_bytes->lineOf(place));
    m_messages->scrollTo(m_messages->rowOf(place));
}

void TrafficView::alignFollower(const LogScrollArea *leader)
{
    // The line that is as far down the page as the page is down the log: the ends of both views meet, and in between
    // the same byte stands at the same height.
    const qint64 range = leader->maximumTopLine() - leader->firstLine();
    if (range <= 0 || !m_table) {
        return;
    }
    LogScrollArea *follower = leader == m_bytes ? static_cast<LogScrollArea *>(m_messages) : m_bytes;
    if (leader->topLine() == leader->firstLine()) {
        follower->scrollTo(follower->firstLine());
        return;
    }
    const double part = static_cast<double>(leader->topLine() - leader->firstLine()) / static_cast<double>(range);
    const auto down = [part](const LogScrollArea *view) {
        return static_cast<qint64>(part * (view->visibleLines() - 1));
    };
    const qint64 line = leader->topLine() + down(leader);
    if (leader == m_bytes) {
        const qint64 row = m_messages->rowOf(m_bytes->placeOfLine(line));
        follower->scrollTo(row - down(follower));
    } else if (const std::optional<Message> message = m_messages->messageAt(line)) {
        follower->scrollTo(m_bytes->lineOf({message->firstRecord, message->begin}) - down(follower));
    }
}

} // namespace Sidewire
