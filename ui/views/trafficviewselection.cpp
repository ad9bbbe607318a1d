// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficview.h"

#include "core/base/backgroundpool.h"
#include "core/index/messagereader.h"
#include "ui/models/framesummary.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/messagespans.h"
#include "ui/views/messageview.h"
#include "ui/views/names.h"
#include "ui/views/ribbons.h"
#include "ui/views/selectionpane.h"
#include "ui/views/trafficsearch.h"

#include <QAction>
#include <QClipboard>
#include <QFuture>
#include <QGuiApplication>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxSavedPayload = 1024 * 1024;
constexpr qint64 MaxFragmentedBytes = 1024 * 1024; // How far the frames of one message are looked at for its selection

} // namespace

TrafficSelection TrafficView::selectionOf(const Message &message) const
{
    TrafficSelection selection{
        message.connection, message.direction, {message.span()}, message.firstRecord, message.lastRecord};
    if (message.has(MessageFlag::Fragmented)) {
        const auto wire = MessageReader(*m_log).wire(message, MaxFragmentedBytes, MessageReader::Wait::No);
        if (wire) {
            selection.spans = spansOf(message, *wire);
        }
    }
    return selection;
}

void TrafficView::onCurrentMessage(qint64 row)
{
    const std::optional<Message> message = m_messages->messageAt(row);
    if (!message) {
        setSelection({});
        return;
    }
    setFollowing(false);
    m_used = m_messages;
    m_messages->setCurrent(row);
    setSelection(selectionOf(*message));
    m_bytes->setCursor({message->firstRecord, message->begin});
    const BytePlace last{message->lastRecord, std::max(message->begin, message->end - 1)};
    m_bytes->reveal({message->firstRecord, message->begin}, last);
}

void TrafficView::onByteSelection(const TrafficSelection &selection)
{
    if (selection.isEmpty()) {
        setSelection({});
        return;
    }
    setFollowing(false);
    m_used = m_bytes;
    const BytePlace place{selection.firstRecord, selection.begin()};
    const qint64 row = m_messages->rowOf(place);
    m_messages->setCurrent(m_messages->rowHolding(place)); // None where its message is hidden
    setSelection(selection);
    m_messages->ensureVisible(row, row);
}

void TrafficView::setSelection(const std::optional<TrafficSelection> &selection)
{
    m_selection = selection;
    m_isShownPlace = false;
    if (!selection) {
        m_messages->setCurrent(-1);
        m_used = nullptr;
    }
    m_bytes->setSelection(selection);
    m_messages->setSelection(selection);
    m_columns->updateRibbons();
    for (QAction *action : m_copyActions + m_filterActions) {
        action->setEnabled(selection.has_value());
    }
    m_detail->selection().setSelection(m_log, selection);
    m_cutFromHere->setEnabled(selection.has_value());
    m_search->setPlace(selection);
    showDetail();
    Q_EMIT selectionChanged(facts());
}

void TrafficView::revealSelection()
{
    if (!m_selection || m_isFollowing) {
        return;
    }
    // After the layout has given the views their new height.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_selection) {
                m_messages->ensureVisible(m_messages->current(), m_messages->current());
                m_bytes->reveal({m_selection->firstRecord, m_selection->begin()},
                                {m_selection->lastRecord, std::max(m_selection->begin(), m_selection->end() - 1)});
            }
        },
        Qt::QueuedConnection);
}

void TrafficView::markCurrentMessage()
{
    if (!m_isMarkDue || !m_selection || !m_messages->hasReached(m_selection->lastRecord)) {
        return;
    }
    m_isMarkDue = false;
    m_messages->setCurrent(m_messages->rowHolding({m_selection->firstRecord, m_selection->begin()}));
    showDetail();
}

void TrafficView::showDetail()
{
    const qint64 row = m_messages->current();
    const std::optional<Message> message = m_messages->messageAt(row);
    m_isTitleDue = message && !FrameSummary::of(*m_log, *message);
    m_detail->setMessage(message, message ? titleOf(row, *message) : QString());
}

QString TrafficView::titleOf(qint64 row, const Message &message) const
{
    const QString kind = toQString(toString(message.kind));
    if (m_messages->isUnfinished(row)) {
        //: Title of the detail: kind of a message that has not ended
        return tr("unfinished %1").arg(kind);
    }
    //: Title of the detail: number, kind and length of a message
    const QString title = tr("no. %1, %2, %3 B").arg(m_messages->numberOf(row)).arg(kind).arg(message.contentLength);
    const std::optional<FrameSummary> frames = FrameSummary::of(*m_log, message);
    return frames ? title + frames->suffix() : title;
}

QString TrafficView::facts() const
{
    if (!m_selection) {
        return {};
    }
    if (!m_fieldFacts.isEmpty()) {
        return m_fieldFacts;
    }
    QString text = m_selection->direction == Direction::In ? tr("in", "direction") : tr("out", "direction");
    if (m_log->connectionCount() > 1) {
        text = QStringLiteral("#%1 ").arg(toNumber(m_selection->connection)) + text;
    }
    const qint64 size = m_selection->size();
    text += QStringLiteral(" 0x%1").arg(m_selection->begin(), 0, 16);
    if (m_selection->end() > m_selection->begin() + 1) {
        text += QStringLiteral("..0x%1").arg(m_selection->end() - 1, 0, 16);
    }
    //: Size of the selection: ", 13 B"
    text += tr(", %1 B").arg(size);
    const qint64 elapsed =
        m_log->records().at(m_selection->lastRecord).time - m_log->records().at(m_selection->firstRecord).time;
    if (elapsed > 0) {
        //: Time between the first and the last selected byte: " within 1.2 ms"
        text += tr(" within %1").arg(TimeFormat::duration(elapsed));
    }
    const QString sum = m_detail->selection().shortFacts();
    return sum.isEmpty() ? text : text + QStringLiteral(", ") + sum;
}

void TrafficView::copy(CopyFormat format, const QString &name)
{
    if (!m_selection) {
        return;
    }
    CopyJob job{m_log, *m_selection, {}, format};
    if (m_used == m_messages) {
        job.message = m_messages->messageAt(m_messages->current());
    }
    auto promise = std::make_shared<QPromise<CopyJob::Result>>();
    promise->future().then(this, [this, name](const CopyJob::Result &result) {
        QGuiApplication::clipboard()->setText(result.text);
        //: What was copied: size and format ("hex", "C array")
        const QString text = result.isCut ? tr("Copied only the first %1 B as %2").arg(result.bytes).arg(name)
                                          : tr("Copied %1 B as %2").arg(result.bytes).arg(name);
        Q_EMIT copied(text);
    });
    backgroundPool().start([promise, job] {
        promise->start();
        promise->addResult(job.run());
        promise->finish();
    });
}

std::optional<QByteArray> TrafficView::selectedContent() const
{
    const std::optional<Message> message = m_messages->messageAt(m_messages->current());
    if (!m_selection || !message || message->contentLength > MaxSavedPayload) {
        return {};
    }
    return MessageReader(*m_log).content(*message, MaxSavedPayload, MessageReader::Wait::No);
}

} // namespace Sidewire
