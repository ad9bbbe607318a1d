// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/interrupt.h"
#include "core/session/engine.h"

#include <QObject>
#include <QStringList>

#include <map>
#include <memory>

namespace Sidewire {

/// `sidewire peers`: starts the built-in peers on loopback, prints their targets, runs until interrupted.
class PeersCommand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeersCommand)

public:
    enum class Format { Text, Json };

    explicit PeersCommand(Format format, QObject *parent = nullptr);
    ~PeersCommand() override;

Q_SIGNALS:
    void finished(int exitStatus);

private:
    void onOpened(SessionId session, const std::shared_ptr<SessionLog> &log);
    void look(SessionId session);
    void printTargets();

    /// A peer that was started, and where it listens once that is known.
    struct Started
    {
        std::size_t peer = 0; ///< Index in builtinPeers()
        std::shared_ptr<SessionLog> log;
        QString target;
    };

    Format m_format;
    Engine m_engine;
    Interrupt m_interrupt;
    std::map<SessionId, Started> m_started;
};

} // namespace Sidewire
