// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "udpport.h"

#include "core/net/nativemulticast.h"
#include "core/net/nativeoptions.h"
#include "core/net/nativesocket.h"

#include <QSocketNotifier>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Sidewire {

namespace {

// What one turn of the event loop reads, so that a flood does not starve other sessions.
constexpr int BatchesPerTurn = 16;
constexpr int IcmpErrorsPerTurn = 64;

// A flood into a small buffer loses something at each turn; told each time, the losses would fill the log.
constexpr std::chrono::milliseconds DropInterval{100};

bool isAny(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
}

} // namespace

UdpPort::UdpPort(QObject *parent)
    : QObject(parent)
{
    m_dropTimer.setSingleShot(true);
    m_dropTimer.setInterval(DropInterval);
    connect(&m_dropTimer, &QTimer::timeout, this, &UdpPort::countDrops);
}

UdpPort::~UdpPort()
{
    close();
}

Result<void> UdpPort::open(const SocketSettings &settings)
{
    close();
    m_settings = settings;
    const Result<qintptr> socket =
        NativeSocket::openSocket(NativeSocket::Type::Datagram, settings.bind.address, settings.family);
    if (!socket) {
        return socket.error();
    }
    m_socket = *socket;
    const Result<void> prepared = prepare();
    if (!prepared) {
        close();
        return prepared;
    }
    watch();
    return {};
}

Result<void> UdpPort::prepare()
{
    NativeSocket::enableDatagramDetails(m_socket);
    NativeSocket::hearOwnGroupsOnly(m_socket);
    SocketSettings wanted = m_settings;
    wanted.receiveBuffer = m_settings.receiveBuffer.value_or(WantedReceiveBuffer);
    if (const Result<void> applied = NativeOptions::apply(m_socket, wanted, NativeOptions::Kind::Datagram); !applied) {
        return applied;
    }
    m_receiveBuffer = NativeOptions::receiveBufferOf(m_socket);
    if (const Result<void> bound = NativeSocket::bindDatagramSocket(m_socket, m_settings.bind); !bound) {
        return bound;
    }
    m_local = NativeSocket::localEndpoint(m_socket);
    m_isBoundToAny = isAny(m_local.address);
    std::vector<MulticastGroup> groups = m_settings.groups;
    if (m_local.address.isMulticast() && groups.empty()) {
        groups.push_back({m_local.address, m_settings.interface});
    }
    for (const MulticastGroup &group : groups) {
        if (const Result<MulticastGroup> joined = join(group); !joined) {
            return joined.error();
        }
    }
    if (m_settings.interface.isEmpty() && !m_groups.empty()) {
        m_settings.interface = m_groups.front().interface; // What is sent goes where we listen.
    }
    return m_settings.interface.isEmpty() ? Result<void>()
                                          : NativeSocket::setMulticastInterface(m_socket, m_settings.interface);
}

void UdpPort::watch()
{
    m_dropsSeen = NativeSocket::kernelDrops(m_socket).value_or(0);
    m_readable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    m_readable->setEnabled(!m_isPaused);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &UdpPort::read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &UdpPort::sendQueued);
}

void UdpPort::close()
{
    if (!isOpen()) {
        return;
    }
    if (m_readable) {
        countDrops();
        m_dropTimer.stop();
    }
    for (std::unique_ptr<QSocketNotifier> *notifier : {&m_readable, &m_writable}) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
            notifier->release()->deleteLater(); // We may be inside its signal.
        }
    }
    m_queue.clear();
    m_queued = 0;
    m_groups.clear();
    NativeSocket::close(std::exchange(m_socket, -1));
}

QHostAddress UdpPort::localTowards(const Endpoint &peer) const
{
    QHostAddress local = m_isBoundToAny || m_local.address.isMulticast()
        ? NativeSocket::localAddressTowards(peer, m_settings.interface)
        : m_local.address;
    local.setScopeId({}); // As the kernel tells of what comes in
    return local;
}

Result<MulticastGroup> UdpPort::join(const MulticastGroup &group)
{
    const MulticastGroup wanted = NativeSocket::normalized(group);
    if (const Result<void> joined = NativeSocket::joinGroup(m_socket, wanted); !joined) {
        return joined.error();
    }
    m_groups.push_back(wanted);
    return wanted;
}

Result<MulticastGroup> UdpPort::leave(const MulticastGroup &group)
{
    const MulticastGroup wanted = NativeSocket::normalized(group);
    const auto found = std::ranges::find_if(m_groups, [&wanted](const MulticastGroup &each) {
        return each.group == wanted.group && (wanted.interface.isEmpty() || wanted.interface == each.interface);
    });
    if (found == m_groups.end()) {
        const QString where = wanted.interface.isEmpty() ? QString() : QStringLiteral(" on %1").arg(wanted.interface);
        return Error{Error::Code::Usage,
                     QStringLiteral("the group %1 is not joined%2").arg(wanted.group.toString(), where)};
    }
    const MulticastGroup left = *found;
    if (const Result<void> result = NativeSocket::leaveGroup(m_socket, left); !result) {
        return result.error();
    }
    m_groups.erase(found);
    return left;
}

void UdpPort::pauseReading()
{
    m_isPaused = true;
    if (m_readable) {
        m_readable->setEnabled(false);
    }
}

void UdpPort::resumeReading()
{
    m_isPaused = false;
    if (m_readable) {
        m_readable->setEnabled(true);
    }
}

void UdpPort::read()
{
    readIcmpErrors();
    for (int i = 0; i < BatchesPerTurn && isOpen() && !m_isPaused; ++i) {
        if (m_batch.read(m_socket, m_receiver) == 0) {
            break;
        }
    }
    if (isOpen()) {
        readIcmpErrors();
    }
    if (isOpen() && !m_dropTimer.isActive()) {
        countDrops();
    }
}

void UdpPort::readIcmpErrors()
{
    for (int i = 0; i < IcmpErrorsPerTurn && isOpen(); ++i) {
        const std::optional<NativeSocket::IcmpError> error = NativeSocket::takeIcmpError(m_socket);
        if (!error) {
            return;
        }
        Q_EMIT unreachable(error->path, error->what, error->detail);
    }
}

void UdpPort::countDrops()
{
    const quint32 drops = NativeSocket::kernelDrops(m_socket).value_or(m_dropsSeen);
    if (drops != m_dropsSeen) {
        const quint32 count = drops - m_dropsSeen; // Wraps as the kernel's counter does.
        m_dropsSeen = drops;
        m_dropTimer.start();
        Q_EMIT droppedByKernel(count);
    }
}

Result<void> UdpPort::send(const QByteArray &datagram, const DatagramPath &path)
{
    if (!isOpen()) {
        return Error{Error::Code::Closed, QStringLiteral("the port is closed")};
    }
    if (m_queued + datagram.size() > MaxQueued) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 bytes are still queued").arg(m_queued)};
    }
    Queued next{datagram, path};
    if (m_queue.empty()) {
        const int error = trySend(next);
        if (!NativeSocket::isTryAgain(error)) {
            return error == 0 ? Result<void>() : NativeSocket::sendError(error, path, datagram.size());
        }
    }
    m_queued += datagram.size();
    m_queue.push_back(std::move(next));
    m_writable->setEnabled(true);
    return {};
}

int UdpPort::trySend(const Queued &datagram)
{
    int error = NativeSocket::sendDatagram(m_socket, datagram.bytes, datagram.path);
    if (error != 0 && !NativeSocket::isTryAgain(error)) {
        // The kernel reports an ICMP answer to an earlier datagram here, without sending this one.
        readIcmpErrors();
        error = NativeSocket::sendDatagram(m_socket, datagram.bytes, datagram.path);
    }
    if (error == 0) {
        Q_EMIT sent(datagram.bytes, datagram.path);
    }
    return error;
}

void UdpPort::sendQueued()
{
    while (!m_queue.empty()) {
        Queued next = std::move(m_queue.front());
        m_queue.pop_front();
        m_queued -= next.bytes.size();
        const int error = trySend(next);
        if (NativeSocket::isTryAgain(error)) {
            m_queued += next.bytes.size();
            m_queue.push_front(std::move(next));
            return;
        }
        if (error != 0) {
            Q_EMIT sendFailed(next.path, NativeSocket::sendError(error, next.path, next.bytes.size()));
        }
    }
    if (m_writable) {
        m_writable->setEnabled(false);
    }
}

} // namespace Sidewire
