// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/socketsettings.h"

#include <QAbstractSocket>
#include <QTimer>

#include <chrono>
#include <memory>

class QSocketNotifier;

namespace Sidewire {

/// One try to connect to one address: one SYN (a QTcpSocket sends two before it says "refused"), one timer.
class Dialer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Dialer)

public:
    explicit Dialer(QObject *parent = nullptr);
    ~Dialer() override;

    /// Exactly one of connected() and failed() follows, never before this returns.
    void dial(const Endpoint &peer, const SocketSettings &settings, std::chrono::milliseconds timeout);

    /// The connected socket, unbuffered; after connected(), once.
    std::unique_ptr<QAbstractSocket> takeSocket();

Q_SIGNALS:
    void connected();
    void failed(const Sidewire::Error &error);

private:
    void dialWithQt(const SocketSettings &settings);
    void onWritable();
    void onTimeout();
    void fail(const Error &error);
    void giveUp();

    QTimer m_timer;
    QSocketNotifier *m_notifier = nullptr;
    qintptr m_descriptor = -1;
    std::unique_ptr<QAbstractSocket> m_socket;
    Endpoint m_peer;
    std::chrono::milliseconds m_timeout{};
};

} // namespace Sidewire
