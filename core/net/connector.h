// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/capture/connectioninfo.h"
#include "core/net/dialer.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <vector>

class QHostInfo;

namespace Sidewire {

/// Resolves a host and tries all of its addresses in turn, telling of each.
class Connector final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Connector)

public:
    struct Options
    {
        SocketSettings socket;
        std::chrono::milliseconds timeout{10'000}; ///< For each address, and for resolving
    };

    Connector(const QString &host, quint16 port, const Options &options, QObject *parent = nullptr);
    ~Connector() override; ///< Gives up without a signal

    /// resolved() first; then, unless only resolving was asked for, attempted() for each address. The end is connected() or
    /// failed(), once.
    void resolveAndConnect();
    void resolveOnly();

    std::unique_ptr<QAbstractSocket> takeSocket() { return m_dialer.takeSocket(); }

Q_SIGNALS:
    void resolved(const QList<QHostAddress> &addresses, double milliseconds);
    void attempted(const Sidewire::ConnectAttempt &attempt);
    void connected();
    void failed(const Sidewire::Error &error);

private:
    void resolve();
    void onLookedUp(const QHostInfo &info);
    void onAddresses(const QList<QHostAddress> &addresses);
    Result<void> keepSuitable();
    void tryNext();
    void report(const QString &result, const QString &detail);
    void onDialFailed(const Error &error);
    void fail(const Error &error);

    QString m_host;
    quint16 m_port;
    Options m_options;
    Dialer m_dialer;
    QTimer m_lookupTimer;
    QElapsedTimer m_clock;
    int m_lookup = -1;
    bool m_isResolvingOnly = false;
    QList<QHostAddress> m_addresses;
    qsizetype m_next = 0;
    std::vector<Error> m_errors;
};

} // namespace Sidewire
