// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/index/sessionlog.h"
#include "core/session/sessionspec.h"
#include "ui/models/sessionfacts.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Sidewire {

class LogWatcher;

/// A session of the window: a running one, or an opened log. Holds no traffic: only what to call it and where its log is.
class SessionItem final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionItem)

public:
    /// A session that the engine is about to open.
    SessionItem(SessionId id, SessionSpec spec, QObject *parent = nullptr);
    /// A log that was opened.
    SessionItem(std::shared_ptr<SessionLog> log, QObject *parent = nullptr);
    ~SessionItem() override;

    std::optional<SessionId> id() const { return m_id; } ///< Nothing for an opened log
    bool isOpenedLog() const { return !m_id; }
    const SessionSpec &spec() const { return m_spec; }
    std::shared_ptr<SessionLog> log() const { return m_log; } ///< Null until the engine has opened it

    /// What its next connection is asked; the engine has to be told too.
    void setOptions(const SessionOptions &options);

    QString name() const { return m_name; }
    void setName(const QString &name);

    void setLog(std::shared_ptr<SessionLog> log);
    void setOpenError(const QString &text);

    /// As things stand now. Cheap: nothing here waits for the disk.
    SessionFacts facts() const;

    /// The port that a listener listens on; 0 while it does not.
    quint16 listeningPort() const { return m_listening.port; }

Q_SIGNALS:
    void changed(); ///< At most once a frame
    void nameChanged();
    void listening(); ///< A listener has its port

private:
    void onLogChanged();
    void takeEvents();
    void takeEvent(const Event &event);
    void lookForHttp();

    std::optional<SessionId> m_id;
    SessionSpec m_spec;
    QString m_name;
    QString m_openError;
    std::shared_ptr<SessionLog> m_log;
    std::unique_ptr<LogWatcher> m_watcher;

    qint64 m_eventsTaken = 0;
    qint64 m_openConnections = 0;
    bool m_isPortPaused = false; ///< By hand; UDP
    Endpoint m_listening;
    QString m_listenError;
    std::optional<bool> m_speaksHttp; ///< Nothing until the first bytes were seen
    qint64 m_recordsLooked = 0;
};

} // namespace Sidewire
