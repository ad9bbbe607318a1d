// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "capturelog.h"

namespace Sidewire::TestSupport {

void CaptureLog::onRecord(const CaptureRecord &record)
{
    records.push_back(record);
    if (m_file) {
        QString row = QStringLiteral("%1 %2 @%3 %4")
                          .arg(toNumber(record.connection))
                          .arg(record.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"))
                          .arg(record.streamOffset)
                          .arg(QString::fromLatin1(payload(*m_file, record)));
        if (record.flags & quint8(RecordFlag::GapBefore)) {
            row += QStringLiteral(" gap");
        }
        if (record.flags & quint8(RecordFlag::CutShort)) {
            row += QStringLiteral(" cut of %1").arg(record.wireLength);
        }
        rows.append(row);
    }
}

void CaptureLog::onEvent(const Event &event)
{
    events.push_back(event);
    QString row = QString::fromLatin1(toString(event.type));
    if (event.data.contains(QLatin1StringView("bytes"))) {
        row += QStringLiteral(" %1 @%2")
                   .arg(event.data.value(QLatin1StringView("bytes")).toInteger())
                   .arg(event.data.value(QLatin1StringView("offset")).toInteger());
    }
    for (const char *key : {"direction", "state", "by", "how", "phase", "local", "peer"}) {
        const QString value = event.data.value(QLatin1StringView(key)).toString();
        if (!value.isEmpty()) {
            row += u' ' + value;
        }
    }
    rows.append(row);
}

CaptureReader::Status CaptureLog::readAll(CaptureReader &reader, const CaptureFile *file)
{
    m_file = file;
    CaptureReader::Status status = CaptureReader::Status::More;
    while (status == CaptureReader::Status::More) {
        status = reader.readSome(*this, 1 << 20);
    }
    return status;
}

QByteArray CaptureLog::stream(const CaptureFile &file, ConnectionId connection, Direction direction) const
{
    QByteArray bytes;
    for (const CaptureRecord &record : records) {
        if (record.connection == connection && record.direction == direction) {
            bytes += payload(file, record);
        }
    }
    return bytes;
}

QStringList CaptureLog::messages() const
{
    QStringList list;
    for (const Event &event : events) {
        list.append(event.message);
    }
    return list;
}

QByteArray payload(const CaptureFile &file, const CaptureRecord &record)
{
    QByteArray bytes(record.length, Qt::Uninitialized);
    const qint64 count = file.read(record.fileOffset, {bytes.data(), record.length});
    return count == record.length ? bytes : QByteArray("unreadable");
}

} // namespace Sidewire::TestSupport
