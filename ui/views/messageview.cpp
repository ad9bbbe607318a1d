// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageview.h"

#include "ui/theme/theme.h"
#include "ui/views/messagepreview.h"
#include "ui/views/names.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr int RoomyCells = 100; // From here on there is room for microseconds

} // namespace

MessageView::MessageView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
    , m_previews(1024)
    , m_frames(1024)
{
    setObjectName(QStringLiteral("messageView"));
    setAccessibleName(tr("Messages"));
    connect(this, &LogScrollArea::scrolledByUser, this, [this] { m_wayBack = {}; });
    connect(&m_images, &TextImages::found, viewport(), qOverload<>(&QWidget::update));
    connect(&m_highlighter, &Highlighter::found, viewport(), qOverload<>(&QWidget::update));
    applyFont();
}

void MessageView::applyFont()
{
    m_text = FixedText(Theme::fixedFont());
    m_italic = m_text.font();
    m_italic.setItalic(true);
    const int line = qCeil(m_text.height()) + 2;
    setLineMetrics(line, line + 4);
}

void MessageView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_table.reset();
    m_choice = {};
    m_subset.reset();
    m_highlighter.setLog(m_log);
    m_wayBack = {};
    m_unfinished.clear();
    m_selection.reset();
    m_previews.clear();
    m_frames.clear();
    m_messages = 0;
    m_current = -1;
    m_firstRecord = 0;
    refresh();
}

void MessageView::refresh()
{
    if (!m_log) {
        updateLines();
        return;
    }
    if (const std::shared_ptr<const MessageTable> table = m_log->messages(); table != m_table) {
        keepPlace();
        m_table = table;
        makeSubset();
        m_previews.clear();
        m_frames.clear();
        m_highlighter.forget();
        m_current = -1;
    }
    renewSubset();
    if (m_subset) {
        m_subset->update();
        m_examined = m_subset->examined(); // Before the count, which may grow meanwhile
    }
    m_messages = m_subset ? m_subset->count() : m_table->count();
    m_unfinished = m_table->unfinished();
    std::erase_if(m_unfinished,
                  [this](const Message &message) { return m_subset && !m_choice.acceptsUnfinished(message); });
    m_timeFormat.origin = m_log->records().count() > 0 ? m_log->records().at(0).time : 0;
    updateLines();
    comeBack();
}

void MessageView::setChoice(const MessageChoice &choice)
{
    keepPlace();
    const bool isSameExpression = m_choice.expression == choice.expression;
    m_choice = choice;
    makeSubset(isSameExpression ? matches() : MatchCounts{});
    m_current = -1;
    refresh();
}

void MessageView::makeSubset(MatchCounts counted)
{
    m_subset = m_choice.isAll() || !m_table
        ? nullptr
        : std::make_shared<MessageSubset>(m_log, m_table, m_choice, std::move(counted));
    m_subsetGoal = m_subset ? m_table->count() : 0;
    m_ends = m_subset && m_choice.expression.dependsOnEnd() ? std::optional<EndWatch>(m_log) : std::nullopt;
    m_firstChanged.reset();
    ++m_generation;
}

void MessageView::renewSubset()
{
    if (!m_ends) {
        return;
    }
    if (const std::optional<qint64> changed = m_ends->firstChanged(*m_table)) {
        m_firstChanged = std::min(*changed, m_firstChanged.value_or(*changed));
    }
    // Clients that come and go would else begin it anew again and again, and it never got to the end.
    if (!m_firstChanged || m_subset->examined() < m_subsetGoal) {
        return;
    }
    keepPlace();
    m_subset = MessageSubset::renewed(std::move(m_subset), *std::exchange(m_firstChanged, {}));
    m_subsetGoal = m_table->count();
    ++m_generation;
    m_highlighter.forget();
    m_current = -1;
}

qint64 MessageView::examined() const
{
    return m_subset ? m_examined : totalCount();
}

void MessageView::setHighlights(std::vector<Highlight> highlights)
{
    m_highlighter.setHighlights(std::move(highlights));
    viewport()->update();
}

void MessageView::keepPlace()
{
    const std::optional<Message> top = m_table ? messageAt(topLine()) : std::nullopt;
    if (top && !m_wayBack.isValid()) {
        m_wayBack = {top->firstRecord, top->begin};
    }
}

bool MessageView::hasReached(qint64 record) const
{
    return !m_subset || m_examined >= m_table->count() || m_examined > m_table->firstEndingAtOrAfter(record);
}

void MessageView::comeBack()
{
    if (m_wayBack.isValid() && hasReached(m_wayBack.record)) {
        scrollTo(rowOf(std::exchange(m_wayBack, {})));
    }
}

void MessageView::setFirstRecord(qint64 record)
{
    m_firstRecord = record;
    updateLines();
}

void MessageView::setTimeStyle(TimeStyle style)
{
    m_timeFormat.style = style;
    updateDecimals();
    viewport()->update();
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    LogScrollArea::resizeEvent(event);
    updateDecimals();
}

void MessageView::updateDecimals()
{
    const bool isNarrow = viewport()->width() < RoomyCells * m_text.cell();
    m_timeFormat.decimals = isNarrow && m_timeFormat.style == TimeStyle::Absolute ? 3 : 6;
}

void MessageView::setSelection(const std::optional<TrafficSelection> &selection)
{
    if (m_selection != selection) {
        m_selection = selection;
        viewport()->update();
    }
}

void MessageView::setCurrent(qint64 row)
{
    if (m_current != row) {
        m_current = row;
        viewport()->update();
        tellSpokenText();
    }
}

std::optional<Message> MessageView::messageAt(qint64 row) const
{
    if (row < 0 || row >= lineCount()) {
        return {};
    }
    return row < m_messages ? m_table->at(numberOf(row)) : m_unfinished[static_cast<std::size_t>(row - m_messages)];
}

qint64 MessageView::countFrom(qint64 number) const
{
    return std::max<qint64>(0, m_messages - (m_subset ? m_subset->lowerBound(number) : number));
}

QString MessageView::spokenText() const
{
    const std::optional<Message> message = messageAt(m_current);
    if (!message) {
        return tr("no message selected");
    }
    const QString number = isUnfinished(m_current) ? tr("unfinished") : tr("no. %1").arg(numberOf(m_current));
    const QString direction = message->direction == Direction::In ? tr("in", "direction") : tr("out", "direction");
    //: For assistive tools: number, direction, kind, size and content of a message
    return tr("%1, %2, %3, %4 bytes: %5")
        .arg(number, direction, toQString(toString(message->kind)), QString::number(message->contentLength),
             MessagePreview(*m_log).of(*message).value_or(QString()));
}

qint64 MessageView::rowOf(BytePlace place) const
{
    if (!m_table || !place.isValid()) {
        return -1;
    }
    const RecordRow &record = m_log->records().at(place.record);
    const qint64 number = m_table->find({record.connection, record.direction, place.offset}, place.record);
    const qint64 row = m_subset && number >= 0 ? m_subset->lowerBound(number) : number;
    if (row >= 0 && row < m_messages) {
        return row;
    }
    for (std::size_t i = 0; i < m_unfinished.size(); ++i) {
        const Message &message = m_unfinished[i];
        if (message.connection == record.connection && message.direction == record.direction
            && message.span().contains(place.offset)) {
            return m_messages + static_cast<qint64>(i);
        }
    }
    return firstRowEndingAtOrAfter(place.record);
}

qint64 MessageView::rowHolding(BytePlace place) const
{
    const qint64 row = rowOf(place);
    const std::optional<Message> message = messageAt(row);
    if (!message) {
        return -1;
    }
    const RecordRow &record = m_log->records().at(place.record);
    const bool isOfIt = message->connection == record.connection && message->direction == record.direction;
    const bool isEmptyDatagram = message->begin == message->end && message->firstRecord == place.record;
    return isOfIt && (isEmptyDatagram || message->span().contains(place.offset)) ? row : -1;
}

qint64 MessageView::firstRowEndingAtOrAfter(qint64 record) const
{
    const qint64 number = m_table->firstEndingAtOrAfter(record);
    return std::min(m_subset ? m_subset->lowerBound(number) : number, m_messages);
}

qint64 MessageView::firstLine() const
{
    return m_table && m_firstRecord > 0 ? firstRowEndingAtOrAfter(m_firstRecord) : 0;
}

std::vector<MessageView::Strip> MessageView::visibleStrips() const
{
    std::vector<Strip> strips;
    const qint64 end = std::min(lineCount(), topLine() + visibleLines() + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        strips.push_back({row, *messageAt(row), yOf(row), yOf(row) + lineHeight()});
    }
    return strips;
}

bool MessageView::isSelected(qint64 row, const Message &message) const
{
    // An empty datagram has no bytes that could be selected: its row is.
    return m_selection
        && (row == m_current
            || (m_selection->isOf(message.connection, message.direction) && m_selection->overlaps(message.span())));
}

QSize MessageView::sizeHint() const
{
    return {qCeil(90 * m_text.cell()), 30 * lineHeight()};
}

QSize MessageView::minimumSizeHint() const
{
    return {MessageColumns::minimumWidth(m_text.cell()) + verticalScrollBar()->sizeHint().width(),
            headerHeight() + 4 * lineHeight()};
}

MessageColumns MessageView::columns() const
{
    const auto digits = [](qint64 number) {
        return static_cast<int>(QString::number(number).size());
    };
    const qint64 connections = m_log ? m_log->connectionCount() : 0;
    return MessageColumns::fitting(
        viewport()->width(), m_text.cell(),
        {digits(m_table ? m_table->count() : 0), connections > 1 ? digits(connections - 1) : 0, m_timeFormat.width()});
}

void MessageView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    LogScrollArea::changeEvent(event);
}

} // namespace Sidewire
