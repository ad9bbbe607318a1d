// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recordpass.h"

namespace Sidewire {

namespace {

constexpr qint64 BatchBytes = 4 * 1024 * 1024; // Some 50,000 small records, some milliseconds

} // namespace

RecordPass::RecordPass(std::unique_ptr<CaptureReader> reader, LogTables &tables)
    : m_reader(std::move(reader))
    , m_tables(tables)
{}

Result<CaptureReader::Status> RecordPass::step()
{
    const CaptureReader::Status status = m_reader->readSome(*this, BatchBytes);
    if (status == CaptureReader::Status::Failed && !m_error) {
        m_error = m_reader->error();
    }
    if (m_error) {
        return *m_error;
    }
    if (auto published = publish(); !published) {
        m_error = published.error();
        return *m_error;
    }
    return status;
}

/// What others point at comes first.
Result<void> RecordPass::publish()
{
    m_tables.connections.publish();
    auto published = m_tables.layout.publish();
    published = published ? m_tables.records.publish() : published;
    published = published ? m_tables.texts.publish() : published;
    return published ? m_tables.events.publish() : published;
}

void RecordPass::onRecord(const CaptureRecord &record)
{
    if (m_error) {
        return;
    }
    const std::optional<qint64> previous = m_tables.connections.addRecord(record);
    if (!previous) {
        m_error = Error{Error::Code::Malformed,
                        QStringLiteral("The log holds a record of connection %1, which it never opened")
                            .arg(toNumber(record.connection))};
        return;
    }
    auto added = m_tables.records.emplace(record.time, record.fileOffset, record.streamOffset, *previous, record.length,
                                          record.wireLength, record.connection, record.direction, record.flags);
    added = added ? m_tables.layout.append(record.length) : added;
    if (!added) {
        m_error = added.error();
    }
}

void RecordPass::onEvent(const Event &event)
{
    if (m_error) {
        return;
    }
    const QByteArray json = event.toJson();
    const QByteArray message = event.message.toUtf8();
    auto text = m_tables.texts.append(json + message);
    if (!text) {
        m_error = text.error();
        return;
    }
    EventRow row;
    row.time = event.time;
    row.textOffset = *text;
    row.recordsBefore = m_tables.records.written();
    row.jsonLength = static_cast<quint32>(json.size());
    row.messageLength = static_cast<quint32>(message.size());
    row.connection = event.connection ? toNumber(*event.connection) : EventRow::NoConnection;
    row.type = event.type;
    row.severity = event.severity;
    if (auto added = m_tables.events.append(row); !added) {
        m_error = added.error();
    }
    m_tables.connections.addEvent(event);
}

} // namespace Sidewire
