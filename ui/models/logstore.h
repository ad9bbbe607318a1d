// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/capturefile.h"
#include "core/capture/event.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <vector>

namespace Sidewire {

/// A log in the application's data folder.
struct StoredLog
{
    QString path;
    qint64 size = 0;
    QDateTime modified;
    bool isInUse = false; ///< A running program (this one or another) writes it
    bool isLeftover = false; ///< Its end is missing: the program that wrote it crashed

    QString title() const; ///< The file name without its suffix
};

/// The folder in which live logs lie, and what becomes of them. Functions that look at the disk run on a worker.
class LogStore
{
public:
    explicit LogStore(QString folder);

    /// "logs" in the application's data folder.
    static QString defaultFolder();

    const QString &folder() const { return m_folder; }

    /// A path for a new log of `target`, by time and target: "2026-11-22 08.00.00 ws 127.0.0.1 9001.pcapng". Makes the folder.
    Result<QString> newPath(const QString &target, const QDateTime &now) const;

    /// All logs, newest first. `own` are the ones that this program writes.
    QList<StoredLog> logs(const QStringList &own = {}) const;

    /// Removes the oldest logs until all together have at most `budget` bytes; logs in use stay, the newest too. Returns
    /// what is left.
    QList<StoredLog> trimmed(qint64 budget, const QStringList &own = {}) const;

    /// Copies what is committed of a log, which may still grow, to a temporary name and then in place of `to`.
    /// `more` are events that the log does not hold; with them only its first `length` bytes are copied, which end with a block.
    static Result<void> copy(const CaptureFile &log, const QString &to, const std::vector<Event> &more = {},
                             qint64 length = 0);

private:
    QString m_folder;
};

} // namespace Sidewire
