// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lenssuggester.h"

#include "ui/models/backgroundtask.h"

namespace Sidewire {

namespace {

constexpr qint64 FirstLook = 4;

/// The beginning of the first connection that has one; of a long record nothing.
std::vector<LensSample> samplesOf(const SessionLog &log)
{
    std::vector<LensSample> samples;
    std::optional<ConnectionId> connection;
    qint64 size = 0;
    const qint64 count = log.records().count();
    for (qint64 record = 0; record < std::min<qint64>(count, 4 * MaxLensSamples); ++record) {
        const RecordRow &row = log.records().at(record);
        if (row.connection != connection.value_or(row.connection)) {
            continue;
        }
        connection = row.connection;
        size += row.length;
        if (size > MaxLensSampleBytes || static_cast<qsizetype>(samples.size()) == MaxLensSamples) {
            break;
        }
        samples.push_back({row.direction, log.bytes().read(row.fileOffset, row.length)});
    }
    return samples;
}

} // namespace

LensSuggester::LensSuggester(QObject *parent)
    : QObject(parent)
{}

void LensSuggester::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_found.reset();
    m_nextLook = FirstLook;
    m_isDismissed = false;
    refresh();
}

void LensSuggester::refresh()
{
    const bool isDue = m_log && !m_isLooking && !m_isDismissed && m_nextLook <= MaxLensSamples
        && m_log->records().count() >= m_nextLook && m_log->connectionCount() > 0;
    if (!isDue || m_log->connection(ConnectionId{0}).transport == Transport::Udp) {
        return;
    }
    m_isLooking = true;
    while (m_nextLook <= m_log->records().count()) {
        m_nextLook *= 4;
    }
    runInBackground(
        this, [log = m_log] { return std::pair(log, suggestLens(samplesOf(*log), {})); },
        [this](std::pair<std::shared_ptr<const SessionLog>, std::optional<LensSuggestion>> found) {
            m_isLooking = false;
            if (found.first == m_log && found.second != m_found) {
                m_found = std::move(found.second);
                Q_EMIT changed();
            }
            refresh();
        });
}

std::optional<LensSuggestion> LensSuggester::suggestion(const QString &cutting) const
{
    const bool isPlain = cutting == QLatin1String("reads") || cutting == QLatin1String("lines");
    const bool isNew = m_found && isPlain && !m_isDismissed && m_found->lens.toString() != cutting;
    return isNew ? m_found : std::nullopt;
}

void LensSuggester::dismiss()
{
    m_isDismissed = true;
    Q_EMIT changed();
}

} // namespace Sidewire
