// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/socketsettings.h"

#include <QAbstractSocket>
#include <QTcpServer>
#include <QTimer>

#include <memory>

namespace Sidewire {

/// Listens and gives away connected sockets, unbuffered as TcpStream needs them.
class Acceptor final : public QTcpServer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Acceptor)

public:
    explicit Acceptor(QObject *parent = nullptr);

    /// On `settings.bind`: a null address means any, port 0 a free one. The error is a sentence for people.
    Result<void> startListening(const SocketSettings &settings);
    Endpoint local() const;
    int backlog() const; ///< How many clients the kernel keeps waiting

    /// By hand: clients wait in the kernel's backlog until release(), which also closing does.
    void hold();
    void release();
    bool isHeld() const { return m_isHeld; }

    /// The next accepted socket; null when there is none.
    std::unique_ptr<QAbstractSocket> takeSocket();

Q_SIGNALS:
    void accepted(); ///< Once for each socket; takeSocket() has it
    void acceptFailed(const Sidewire::Error &error); ///< Tried again a second later

private:
    void incomingConnection(qintptr descriptor) override;
    void goOn();

    SocketSettings m_settings;
    std::unique_ptr<QAbstractSocket> m_accepted;
    QTimer m_retry;
    int m_acceptedInTurn = 0;
    bool m_isHeld = false;
};

} // namespace Sidewire
