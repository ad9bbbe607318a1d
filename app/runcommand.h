// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/interrupt.h"
#include "app/runoptions.h"
#include "core/index/logsubject.h"
#include "core/session/engine.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>

namespace Sidewire {

/// `sidewire run`: one session without a window, driven by what its log shows.
class RunCommand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunCommand)

public:
    explicit RunCommand(RunOptions options, QObject *parent = nullptr);
    ~RunCommand() override;

Q_SIGNALS:
    void finished(int exitStatus);

private:
    void onOpened(const std::shared_ptr<SessionLog> &log);
    void look();
    void tellTrouble();
    void printNews();
    void printMessagesUpTo(qint64 record);
    bool isPrinted(const Message &message, qint64 number);
    void sendOnceOpen();
    void feed();
    void checkEnd();
    void close();
    void end();
    void finish();
    int exitStatus() const;

    /// The connection that the run is about: the first, or the newest where redirects and reconnecting add some. There must
    /// be one.
    ConnectionInfo decisive() const;
    bool hasOpened(const ConnectionInfo &info) const;

    RunOptions m_options;
    Engine m_engine;
    Interrupt m_interrupt;
    QTimer m_idle;
    QTimer m_limit;
    QTimer m_roomPatience; ///< Runs while closing
    SessionId m_session{};
    std::shared_ptr<SessionLog> m_log;
    std::optional<LogSubject> m_subject; ///< What the filter looks at, once there is a log
    qint64 m_printedMessages = 0;
    qint64 m_printedRecords = 0;
    qint64 m_countedMessages = 0;
    qint64 m_messagesIn = 0;
    qint64 m_seenEvents = 0;
    QString m_trouble; ///< Of the log, as it was told
    bool m_hasListenFailed = false;
    std::deque<SendRequest> m_unsent; ///< Waits for room in the session's queue
    qint64 m_fed = 0; ///< Bytes handed to the session
    bool m_isFeeding = false; ///< Open, and what was asked for is being sent
    bool m_hasSent = false; ///< All of it was handed over
    bool m_hasRejected = false;
    bool m_isClosing = false;
    bool m_isEnding = false;
};

} // namespace Sidewire
