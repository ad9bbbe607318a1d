// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logstore.h"

#include "core/capture/journalentry.h"
#include "core/capture/pcapngblock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 TailLength = 4096; // The last event is a few hundred bytes
constexpr qint64 CopyBlock = 1 << 20;
constexpr qsizetype MaxNameLength = 80;

/// Whether the last event of the log is its end.
bool hasEnd(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return true; // Nothing that could be offered
    }
    file.seek(std::max<qint64>(file.size() - TailLength, 0));
    const QByteArray tail = file.read(TailLength);
    const qsizetype event = tail.lastIndexOf("SIDEWIRE_EVENT=");
    const qsizetype end = tail.indexOf('\n', event);
    return event >= 0 && tail.mid(event, end - event).contains("\"type\":\"ended\"");
}

/// What may stand in a file name anywhere.
QString sanitised(const QString &target)
{
    QString name;
    for (const QChar c : target) {
        const bool isPlain = c.isLetterOrNumber() || QStringLiteral("._-").contains(c);
        if (isPlain || (!name.isEmpty() && !name.endsWith(QLatin1Char(' ')))) {
            name += isPlain ? c : QLatin1Char(' ');
        }
    }
    return name.left(MaxNameLength).trimmed();
}

} // namespace

QString StoredLog::title() const
{
    return QFileInfo(path).completeBaseName();
}

LogStore::LogStore(QString folder)
    : m_folder(std::move(folder))
{}

QString LogStore::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/logs");
}

Result<QString> LogStore::newPath(const QString &target, const QDateTime &now) const
{
    if (!QDir().mkpath(m_folder)) {
        return Error{Error::Code::Io, QStringLiteral("The folder %1 cannot be made").arg(m_folder)};
    }
    const QString stem = QStringLiteral("%1/%2 %3")
                             .arg(m_folder, now.toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")), sanitised(target))
                             .trimmed();
    QString path = stem + QStringLiteral(".pcapng");
    for (int number = 2; QFileInfo::exists(path); ++number) {
        path = QStringLiteral("%1 (%2).pcapng").arg(stem).arg(number);
    }
    return path;
}

QList<StoredLog> LogStore::logs(const QStringList &own) const
{
    QList<StoredLog> logs;
    const QFileInfoList files = QDir(m_folder).entryInfoList({QStringLiteral("*.pcapng")}, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files) {
        StoredLog log{file.absoluteFilePath(), file.size(), file.lastModified()};
        log.isInUse = own.contains(log.path) || CaptureFile::isLockedByOther(log.path);
        log.isLeftover = !log.isInUse && !hasEnd(log.path);
        logs.append(log);
    }
    return logs;
}

QList<StoredLog> LogStore::trimmed(qint64 budget, const QStringList &own) const
{
    QList<StoredLog> kept = logs(own);
    qint64 total = 0;
    for (const StoredLog &log : kept) {
        total += log.size;
    }
    for (qsizetype index = kept.size() - 1; index > 0 && total > budget; --index) {
        const StoredLog &oldest = kept.at(index);
        if (oldest.isInUse || !QFile::remove(oldest.path)) {
            continue;
        }
        total -= oldest.size;
        kept.removeAt(index);
    }
    return kept;
}

Result<void> LogStore::copy(const CaptureFile &log, const QString &to, const std::vector<Event> &more, qint64 length)
{
    const QString own = QFileInfo(log.path()).canonicalFilePath();
    if (!own.isEmpty() && own == QFileInfo(to).canonicalFilePath()) {
        return Error{Error::Code::Usage, QStringLiteral("That is the log itself")};
    }
    QSaveFile target(to);
    if (!target.open(QIODevice::WriteOnly)) {
        return Error{Error::Code::Io, target.errorString()};
    }
    QByteArray block(CopyBlock, Qt::Uninitialized);
    // A tail that was torn would hide what comes after it.
    length = more.empty() ? log.committed() : length;
    for (qint64 offset = 0; offset < length;) {
        const auto wanted = static_cast<std::size_t>(std::min(length - offset, CopyBlock));
        const qint64 got = log.read(offset, std::span(block.data(), wanted));
        if (got <= 0) {
            return Error{Error::Code::Io, QStringLiteral("The log cannot be read")};
        }
        if (target.write(block.constData(), got) != got) {
            return Error{Error::Code::Io, target.errorString()};
        }
        offset += got;
    }
    for (const Event &event : more) {
        const QByteArray entry = Pcapng::journalBlock(JournalEntry::fromEvent(event));
        if (target.write(entry) != entry.size()) {
            return Error{Error::Code::Io, target.errorString()};
        }
    }
    if (!target.commit()) {
        return Error{Error::Code::Io, target.errorString()};
    }
    return {};
}

} // namespace Sidewire
