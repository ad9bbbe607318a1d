// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficview.h"

#include "ui/models/fieldtext.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/messageview.h"
#include "ui/views/streamwalk.h"

namespace Sidewire {

TrafficView::~TrafficView()
{
    disconnect(m_detail, nullptr, this,
               nullptr); // It gives its mark up when it is hidden, and by then this is half gone
}

void TrafficView::showFrame()
{
    setDetailVisible(true);
    m_detail->setCurrentTab(DetailView::FrameTab);
    m_detail->focusCurrentTab();
}

void TrafficView::onFieldMarked(const Field *field)
{
    const std::optional<Message> message = m_messages->messageAt(m_messages->current());
    std::optional<BitMark> mark;
    QString words;
    if (field && message) {
        words = FieldText::facts(*field);
        if (!field->bits.isEmpty()) {
            mark = {message->connection, message->direction, field->bits, field->isBroken, words};
        }
    }
    if (words == m_fieldFacts && mark == m_bytes->mark()) {
        return;
    }
    m_fieldFacts = words;
    const bool isOther = mark != m_bytes->mark(); // A message that grows has its field marked again
    m_bytes->setMark(mark);
    if (mark && isOther) {
        if (const std::optional<TrafficSelection> bytes = bytesOf(*message, mark->bits)) {
            setFollowing(false);
            m_bytes->reveal({bytes->firstRecord, bytes->begin()}, {bytes->lastRecord, bytes->end() - 1});
        }
    }
    Q_EMIT selectionChanged(facts());
}

void TrafficView::onFieldBytes(const BitSpan &bits)
{
    const std::optional<Message> message = m_messages->messageAt(m_messages->current());
    if (const std::optional<TrafficSelection> bytes = message ? bytesOf(*message, bits) : std::nullopt) {
        onByteSelection(*bytes);
        m_bytes->setCursor({bytes->firstRecord, bytes->begin()});
    }
}

std::optional<TrafficSelection> TrafficView::bytesOf(const Message &message, const BitSpan &bits) const
{
    const StreamWalk walk(*m_log);
    const std::optional<BytePlace> first = walk.find({message.firstRecord, message.begin}, bits.firstByte());
    const std::optional<BytePlace> last = first ? walk.find(*first, bits.endByte() - 1) : std::nullopt;
    return last ? std::optional(walk.between(*first, *last)) : std::nullopt;
}

QString TrafficView::fieldsAt(BytePlace place)
{
    const RecordRow &record = m_log->records().at(place.record);
    const std::optional<Message> message = m_messages->messageAt(m_messages->rowOf(place));
    const bool isHolder = message && message->connection == record.connection && message->direction == record.direction
        && message->span().contains(place.offset);
    return isHolder ? m_fieldFinder.namesAt(*m_log, *message, place.offset) : QString();
}

} // namespace Sidewire
