// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionlog.h"

#include "core/index/doorbell.h"
#include "core/index/indexer.h"

namespace Sidewire {

class SessionLog::Private
{
public:
    Private(std::shared_ptr<CaptureFile> logFile, std::unique_ptr<CaptureReader> reader, const LensSpec &lens)
        : file(std::move(logFile))
        , bytes(file)
        , indexer(file, std::move(reader), lens, [this] { doorbell.ring(); })
    {
        bytes.setReadyCallback([this] { doorbell.ring(); });
    }

    std::shared_ptr<CaptureFile> file;
    std::shared_ptr<LiveStatus> live;
    Doorbell doorbell; ///< Before those whose threads ring it
    ByteSource bytes;
    Indexer indexer;
};

Result<std::shared_ptr<SessionLog>> SessionLog::create(std::shared_ptr<CaptureFile> file, const LensSpec &lens)
{
    auto reader = CaptureReader::open(file);
    if (!reader) {
        return reader.error();
    }
    auto d = std::make_unique<Private>(std::move(file), std::move(reader).value(), lens);
    return std::shared_ptr<SessionLog>(new SessionLog(std::move(d)));
}

Result<std::shared_ptr<SessionLog>> SessionLog::open(const QString &path, const LensSpec &lens)
{
    auto file = CaptureFile::open(path);
    if (!file) {
        return file.error();
    }
    return create(std::move(file).value(), lens);
}

SessionLog::SessionLog(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

SessionLog::~SessionLog() = default;

std::shared_ptr<const CaptureFile> SessionLog::file() const
{
    return d->file;
}

const CaptureHeader &SessionLog::header() const
{
    return d->indexer.header();
}

const AppendTable<RecordRow> &SessionLog::records() const
{
    return d->indexer.tables().records;
}

const RecordLayout &SessionLog::layout() const
{
    return d->indexer.tables().layout;
}

const AppendTable<EventRow> &SessionLog::events() const
{
    return d->indexer.tables().events;
}

Event SessionLog::event(qint64 row) const
{
    return d->indexer.tables().event(events().at(row));
}

qint64 SessionLog::connectionCount() const
{
    return d->indexer.tables().connections.count();
}

ConnectionInfo SessionLog::connection(ConnectionId id) const
{
    return d->indexer.tables().connections.at(id);
}

ConnectionChanges SessionLog::connectionsChangedSince(quint64 generation, qsizetype limit) const
{
    return d->indexer.tables().connections.changedSince(generation, limit);
}

SessionInfo SessionLog::session() const
{
    return d->indexer.tables().connections.session();
}

ConnectionInfo SessionLog::totals() const
{
    return d->indexer.tables().connections.totals();
}

qint64 SessionLog::dropped(QByteArrayView where) const
{
    return d->indexer.tables().connections.dropped(where);
}

std::shared_ptr<const MessageTable> SessionLog::messages() const
{
    return d->indexer.messages();
}

void SessionLog::setLens(const LensSpec &lens)
{
    d->indexer.setLens(lens);
}

void SessionLog::cancelRecut()
{
    d->indexer.cancelRecut();
}

LensSpec SessionLog::chosenLens() const
{
    return d->indexer.chosenLens();
}

SessionLog::Progress SessionLog::progress() const
{
    return d->indexer.progress();
}

QString SessionLog::indexError() const
{
    return d->indexer.error();
}

const ByteSource &SessionLog::bytes() const
{
    return d->bytes;
}

std::shared_ptr<LiveStatus> SessionLog::live() const
{
    return d->live;
}

void SessionLog::setLive(std::shared_ptr<LiveStatus> live)
{
    d->live = std::move(live);
}

void SessionLog::setDoorbell(std::function<void()> ring)
{
    d->doorbell.setListener(std::move(ring));
}

void SessionLog::answerDoorbell() const
{
    d->doorbell.answer();
}

void SessionLog::ringDoorbell() const
{
    d->doorbell.ring();
}

void SessionLog::waitUntilCaughtUp() const
{
    d->indexer.waitUntilCaughtUp();
}

void LiveStatus::setRecordingError(const QString &text)
{
    const std::lock_guard lock(m_mutex);
    m_recordingError = text;
}

QString LiveStatus::recordingError() const
{
    const std::lock_guard lock(m_mutex);
    return m_recordingError;
}

} // namespace Sidewire
