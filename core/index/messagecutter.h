// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/latencytracker.h"
#include "core/index/limitedcontents.h"
#include "core/index/logtables.h"
#include "core/index/messagetable.h"
#include "core/index/payloadwindow.h"
#include "core/index/unfinishedmessages.h"

#include <memory>
#include <vector>

namespace Sidewire {

/// The second pass of the indexer: feeds published records and ends of streams, in the order of the log, to a lens for each
/// connection and makes their messages rows of one table. Where a stream begins anew (behind a proxy, or with TLS) both
/// directions end and the next record finds a fresh lens.
class MessageCutter
{
public:
    /// `session` is what lenses are told of it; the rest of the context belongs to each connection.
    MessageCutter(const LogTables &tables, const CaptureFile &file, LensSpec lens, const LensContext &session,
                  const NoRoomHandler &noRoom = {});

    const std::shared_ptr<MessageTable> &table() const { return m_table; }

    enum class Status { More, UpToDate };

    /// Cuts one bounded batch of what is published and publishes its messages.
    Result<Status> step();

    /// Nothing more will come: what is still open ends here. After the last step(); harmless when repeated.
    Result<void> finish();

    /// Hands over the counts that changed since the last call; after resetCounts() all of them.
    void publishCounts(ConnectionTable &connections);
    void resetCounts();

private:
    struct Flow
    {
        std::unique_ptr<Lens> lens; ///< Null before the first record and after the end
        std::array<bool, DirectionCount> hasEnded{};
        MessageCounts counts;
        std::unique_ptr<LatencyTracker> latencies; ///< As long as the lens
        bool isProxying = false; ///< What crosses is between us and a proxy: it is cut into reads, whatever the lens
        bool isTouched = false; ///< In this batch
        bool isCounted = true; ///< The counts were handed over
    };

    Result<void> cut(qint64 record);
    Result<void> applyEvents();
    qint64 nextEventAt() const;
    Result<void> apply(const EventRow &row);
    Result<void> endStreams(const EventRow &row);
    Result<void> beginAnew(quint32 number, qint64 time);
    Result<void> endDirection(quint32 number, Direction direction, qint64 time);
    Result<void> takeFound(Flow &flow, quint32 number);
    Flow &flowOf(quint32 number)
    {
        if (number >= m_flows.size()) {
            m_flows.resize(number + std::size_t(1));
        }
        return m_flows[number];
    }
    void open(Flow &flow, quint32 number); ///< Gives it a lens
    void touch(Flow &flow, quint32 number)
    {
        if (!flow.isTouched) {
            flow.isTouched = true;
            m_touched.push_back(number);
        }
    }
    Result<void> publish();

    const LogTables &m_tables;
    LensSpec m_lens;
    std::shared_ptr<MessageTable> m_table;
    LimitedContents m_contents;
    LensContext m_context;
    PayloadWindow m_window;
    std::vector<Flow> m_flows;
    std::vector<quint32> m_touched;
    std::vector<quint32> m_uncounted;
    std::vector<Message> m_found;
    UnfinishedMessages m_unfinished;
    Lens::Decision m_decision;
    qint64 m_nextRecord = 0;
    qint64 m_nextEvent = 0;
    qint64 m_lastTime = 0;
    qint64 m_fetched = 0; ///< Bytes of payload in this batch
};

} // namespace Sidewire
