// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connector.h"

#include <QHostInfo>

#include <algorithm>

namespace Sidewire {

namespace {

QString attemptResult(Error::Code code)
{
    switch (code) {
    case Error::Code::Refused:
        return QStringLiteral("refused");
    case Error::Code::Timeout:
        return QStringLiteral("timeout");
    case Error::Code::Network:
        return QStringLiteral("unreachable");
    default:
        return QStringLiteral("failed");
    }
}

double milliseconds(const QElapsedTimer &clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

} // namespace

Connector::Connector(const QString &host, quint16 port, const Options &options, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_port(port)
    , m_options(options)
{
    connect(&m_dialer, &Dialer::failed, this, &Connector::onDialFailed);
    connect(&m_dialer, &Dialer::connected, this, [this] {
        report(QStringLiteral("connected"), {});
        Q_EMIT connected();
    });
    m_lookupTimer.setSingleShot(true);
    connect(&m_lookupTimer, &QTimer::timeout, this, [this] {
        QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
        fail({Error::Code::Timeout,
              QStringLiteral("the name %1 was not resolved within %2 ms").arg(m_host).arg(m_options.timeout.count())});
    });
}

Connector::~Connector()
{
    if (m_lookup >= 0) {
        QHostInfo::abortHostLookup(m_lookup);
    }
}

void Connector::resolveAndConnect()
{
    resolve();
}

void Connector::resolveOnly()
{
    m_isResolvingOnly = true;
    resolve();
}

void Connector::resolve()
{
    m_clock.start();
    const QHostAddress literal(m_host);
    if (!literal.isNull()) {
        QMetaObject::invokeMethod(
            this, [this, literal] { onAddresses({literal}); }, Qt::QueuedConnection);
        return;
    }
    m_lookupTimer.start(m_options.timeout);
    m_lookup = QHostInfo::lookupHost(m_host, this, [this](const QHostInfo &info) { onLookedUp(info); });
}

void Connector::onLookedUp(const QHostInfo &info)
{
    if (m_lookup < 0) {
        return;
    }
    m_lookup = -1;
    m_lookupTimer.stop();
    if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
        const bool isUnknown = info.error() == QHostInfo::HostNotFound || info.error() == QHostInfo::NoError;
        fail({isUnknown ? Error::Code::NotFound : Error::Code::Network,
              isUnknown ? QStringLiteral("unknown host %1").arg(m_host)
                        : QStringLiteral("%1 could not be resolved: %2").arg(m_host, info.errorString())});
        return;
    }
    QList<QHostAddress> addresses = info.addresses();
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    onAddresses(addresses);
}

void Connector::onAddresses(const QList<QHostAddress> &addresses)
{
    Q_EMIT resolved(addresses, milliseconds(m_clock));
    m_addresses = addresses;
    const Result<void> suitable = keepSuitable();
    if (!suitable) {
        fail(suitable.error());
        return;
    }
    if (m_isResolvingOnly) {
        Q_EMIT connected();
        return;
    }
    tryNext();
}

/// Leaves the addresses that can be connected to from where the options say.
Result<void> Connector::keepSuitable()
{
    using Family = SocketSettings::Family;
    const SocketSettings &settings = m_options.socket;
    const auto leave = [this](QAbstractSocket::NetworkLayerProtocol family) {
        m_addresses.removeIf([family](const QHostAddress &address) { return address.protocol() != family; });
    };
    if (settings.family != Family::Any) {
        leave(settings.family == Family::IPv6 ? QAbstractSocket::IPv6Protocol : QAbstractSocket::IPv4Protocol);
        if (m_addresses.isEmpty()) {
            return Error{Error::Code::AddressNotAvailable,
                         QStringLiteral("%1 has no IPv%2 address, and the option family asks for one")
                             .arg(m_host)
                             .arg(settings.family == Family::IPv6 ? 6 : 4)};
        }
    }
    if (!settings.bind.address.isNull()) {
        leave(settings.bind.address.protocol());
        if (m_addresses.isEmpty()) {
            return Error{Error::Code::AddressNotAvailable,
                         QStringLiteral("%1 has no address of the family of the bind address %2")
                             .arg(m_host, settings.bind.address.toString())};
        }
    }
    return {};
}

void Connector::tryNext()
{
    m_clock.start();
    m_dialer.dial({m_addresses.at(m_next), m_port}, m_options.socket, m_options.timeout);
}

void Connector::report(const QString &result, const QString &detail)
{
    ConnectAttempt attempt;
    attempt.address = {m_addresses.at(m_next), m_port};
    attempt.result = result;
    attempt.milliseconds = milliseconds(m_clock);
    attempt.detail = detail;
    Q_EMIT attempted(attempt);
}

void Connector::onDialFailed(const Error &error)
{
    report(attemptResult(error.code), error.detail);
    m_errors.push_back(error);
    if (++m_next < m_addresses.size()) {
        tryNext();
        return;
    }
    // Every address is named; the code is that of the first, which is the one the system prefers.
    QStringList details;
    for (const Error &each : m_errors) {
        details.append(each.detail);
    }
    fail({m_errors.front().code, details.join(QStringLiteral("; "))});
}

void Connector::fail(const Error &error)
{
    Q_EMIT failed(error);
}

} // namespace Sidewire
