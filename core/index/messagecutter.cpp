// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagecutter.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

// A batch takes some ten milliseconds.
constexpr qint64 BatchRecords = 64 * 1024;
constexpr qint64 BatchBytes = 8 * 1024 * 1024;

// What compressed messages of a log inflate to together: a thousand times what came may be behind it.
constexpr qint64 MaxInflated = qint64(8) << 30;

constexpr std::array BothDirections{Direction::In, Direction::Out};

LensSpec reads()
{
    LensSpec spec;
    spec.name = QStringLiteral("reads");
    return spec;
}

} // namespace

MessageCutter::MessageCutter(const LogTables &tables, const CaptureFile &file, LensSpec lens,
                             const LensContext &session, const NoRoomHandler &noRoom)
    : m_tables(tables)
    , m_lens(std::move(lens))
    , m_table(std::make_shared<MessageTable>(m_lens, noRoom))
    , m_contents(m_table->contents(), MaxInflated)
    , m_context(session)
    , m_window(file)
{
    m_context.contents = &m_contents;
}

Result<MessageCutter::Status> MessageCutter::step()
{
    m_fetched = 0;
    const qint64 count = m_tables.records.count();
    const qint64 end = std::min(count, m_nextRecord + BatchRecords);
    while (true) {
        if (auto done = applyEvents(); !done) {
            return done.error();
        }
        if (m_nextRecord == end || m_fetched >= BatchBytes) {
            break;
        }
        const qint64 stop = std::min(end, nextEventAt());
        do {
            if (auto done = cut(m_nextRecord); !done) {
                return done.error();
            }
            ++m_nextRecord;
        } while (m_nextRecord < stop && m_fetched < BatchBytes);
    }
    if (auto published = publish(); !published) {
        return published.error();
    }
    return m_nextRecord < count ? Status::More : Status::UpToDate;
}

Result<void> MessageCutter::finish()
{
    for (quint32 number = 0; number < m_flows.size(); ++number) {
        for (const Direction direction : BothDirections) {
            if (auto done = endDirection(number, direction, m_lastTime); !done) {
                return done;
            }
        }
    }
    return publish();
}

Result<void> MessageCutter::cut(qint64 record)
{
    const RecordRow &row = m_tables.records.at(record);
    const quint32 number = toNumber(row.connection);
    Flow &flow = flowOf(number);
    if (!flow.lens) {
        open(flow, number);
    }
    touch(flow, number);
    Lens &lens = *flow.lens;
    m_lastTime = std::max(m_lastTime, row.time);
    if (row.length != 0) {
        flow.latencies->addRecord(row.direction, record, row.time);
    }

    LensInput input{row.direction, record, row.time, row.streamOffset, row.length, {}};
    if (row.has(RecordFlag::GapBefore)) {
        const RecordRow *previous = row.previous == -1 ? nullptr : &m_tables.records.at(row.previous);
        const qint64 expected = previous ? previous->streamOffset + previous->wireLength : 0;
        if (expected < row.streamOffset) {
            lens.gap({row.direction, record, row.time, expected, row.streamOffset - expected, {}}, m_found);
        }
    }
    if (lens.needsBytes() && row.length > lens.passesOver(row.direction)) {
        auto bytes = m_window.bytes(row.fileOffset, row.length);
        if (!bytes) {
            return bytes.error();
        }
        input.bytes = *bytes;
        m_fetched += row.length;
    }
    lens.feed(input, m_found);
    if (row.wireLength > row.length) {
        lens.gap(
            {row.direction, record, row.time, row.streamOffset + row.length, qint64(row.wireLength) - row.length, {}},
            m_found);
    }
    return takeFound(flow, number);
}

Result<void> MessageCutter::applyEvents()
{
    for (const qint64 count = m_tables.events.count(); m_nextEvent < count; ++m_nextEvent) {
        const EventRow &row = m_tables.events.at(m_nextEvent);
        if (row.recordsBefore > m_nextRecord) {
            break;
        }
        m_lastTime = std::max(m_lastTime, row.time);
        if (row.connection >= m_tables.connections.writtenCount()) {
            continue; // Of the session, or of a connection that was never opened
        }
        if (auto done = apply(row); !done) {
            return done;
        }
    }
    return {};
}

/// How many records stand before the next event that has not been applied.
qint64 MessageCutter::nextEventAt() const
{
    return m_nextEvent < m_tables.events.count() ? m_tables.events.at(m_nextEvent).recordsBefore
                                                 : std::numeric_limits<qint64>::max();
}

Result<void> MessageCutter::apply(const EventRow &row)
{
    switch (row.type) {
    case EventType::PhaseStarted:
        if (m_tables.event(row).data.value(QLatin1String("phase")) == QLatin1String("proxy")) {
            flowOf(row.connection).isProxying = true;
        }
        return {};
    case EventType::StreamBegins:
        return beginAnew(row.connection, row.time);
    case EventType::DirectionChanged:
    case EventType::Closed:
        return endStreams(row);
    default:
        return {};
    }
}

Result<void> MessageCutter::beginAnew(quint32 number, qint64 time)
{
    for (const Direction direction : BothDirections) {
        if (auto done = endDirection(number, direction, time); !done) {
            return done;
        }
    }
    Flow &flow = flowOf(number);
    flow.lens.reset();
    flow.latencies.reset();
    flow.hasEnded = {};
    flow.isProxying = false;
    if (number == 0) {
        m_decision = {}; // The fresh lens has its own
    }
    return {};
}

Result<void> MessageCutter::endStreams(const EventRow &row)
{
    const bool isEnd = row.type == EventType::Closed;
    const Event event = isEnd ? Event{} : m_tables.event(row);
    const QString state = event.data.value(QLatin1String("state")).toString();
    if (!isEnd && state != QLatin1String("fin") && state != QLatin1String("closed")) {
        return {};
    }
    const QString name = event.data.value(QLatin1String("direction")).toString();
    for (const Direction direction : BothDirections) {
        if (isEnd || name == (direction == Direction::In ? QLatin1String("in") : QLatin1String("out"))) {
            if (auto done = endDirection(row.connection, direction, row.time); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> MessageCutter::endDirection(quint32 number, Direction direction, qint64 time)
{
    Flow &flow = flowOf(number);
    if (!flow.lens || flow.hasEnded[indexOf(direction)]) {
        return {};
    }
    flow.hasEnded[indexOf(direction)] = true;
    touch(flow, number);
    flow.lens->endOfStream(direction, time, m_found);
    return takeFound(flow, number);
}

Result<void> MessageCutter::takeFound(Flow &flow, quint32 number)
{
    if (const std::optional<Error> &error = m_table->contents().error()) {
        return *error;
    }
    for (Message &message : m_found) {
        message.connection = ConnectionId(number);
        std::optional<qint64> latency;
        if (flow.latencies->wants(message)) {
            latency = flow.latencies->addMessage(message, m_tables.records.at(message.firstRecord).time);
        }
        if (auto added = m_table->append(message, latency); !added) {
            return added;
        }
        ++flow.counts.messages[indexOf(message.direction)];
        if (message.violations != 0) {
            flow.counts.violations += std::popcount(message.violations);
        }
    }
    if (!m_found.empty() && flow.isCounted) {
        flow.isCounted = false;
        m_uncounted.push_back(number);
    }
    m_found.clear();
    return {};
}

void MessageCutter::open(Flow &flow, quint32 number)
{
    const LensSpec lens = flow.isProxying ? reads() : m_lens;
    const ConnectionInfo &info = m_tables.connections.writtenAt(ConnectionId(number));
    m_context.transport = info.transport;
    m_context.client = info.isServerSide ? Direction::In : Direction::Out;
    flow.lens = lens.create(m_context);
    // A client of ours sends what a person or a timer decides; a client of a listener may well be asked.
    flow.latencies = std::make_unique<LatencyTracker>(info.isServerSide ? std::nullopt : std::optional(Direction::Out));
}

Result<void> MessageCutter::publish()
{
    for (const quint32 number : m_touched) {
        Flow &flow = m_flows[number];
        flow.isTouched = false;
        for (const Direction direction : BothDirections) {
            const bool isOpen = flow.lens && !flow.hasEnded[indexOf(direction)];
            m_unfinished.set(ConnectionId(number), direction, isOpen ? flow.lens->unfinished(direction) : std::nullopt);
        }
        if (number == 0 && flow.lens && !flow.isProxying) {
            m_decision = flow.lens->decision().value_or(Lens::Decision{}); // Later it may tell where it stopped fitting
        }
        if (flow.hasEnded[0] && flow.hasEnded[1]) {
            flow.lens.reset(); // A listener may see millions of connections
            flow.latencies.reset();
            flow.hasEnded = {};
        }
    }
    m_touched.clear();
    return m_table->publish(m_nextRecord, m_unfinished.newest(MessageTable::MaxUnfinished), m_decision);
}

void MessageCutter::publishCounts(ConnectionTable &connections)
{
    for (const quint32 number : m_uncounted) {
        m_flows[number].isCounted = true;
        connections.setMessages(ConnectionId(number), m_flows[number].counts);
    }
    m_uncounted.clear();
}

void MessageCutter::resetCounts()
{
    m_uncounted.clear();
    for (quint32 number = 0; number < m_flows.size(); ++number) {
        m_flows[number].isCounted = false;
        m_uncounted.push_back(number);
    }
}

} // namespace Sidewire
