// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "flowkey.h"

#include <QHashFunctions>
#include <QtEndian>

#include <cstring>

namespace Sidewire {

namespace {

bool isIPv4(const QHostAddress &address, quint32 *value)
{
    bool isIt = false;
    *value = address.toIPv4Address(&isIt); // True for IPv4-mapped IPv6 as well
    return isIt;
}

void store(std::array<quint8, 16> &to, const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(to.data(), bytes.c, to.size());
}

Endpoint endpoint(const std::array<quint8, 16> &address, quint16 port, bool isIPv6)
{
    return {isIPv6 ? QHostAddress(address.data()) : QHostAddress(qFromBigEndian<quint32>(address.data())), port};
}

} // namespace

FlowKey FlowKey::from(Transport transport, const Endpoint &local, const Endpoint &peer)
{
    FlowKey key;
    key.transport = transport;
    key.localPort = local.port;
    key.peerPort = peer.port;

    // An end that is not known takes the family of the other.
    quint32 localValue = 0;
    quint32 peerValue = 0;
    const bool isLocalIPv4 = isIPv4(local.address, &localValue) || local.address.isNull();
    const bool isPeerIPv4 = isIPv4(peer.address, &peerValue) || peer.address.isNull();
    key.isIPv6 = !isLocalIPv4 || !isPeerIPv4;
    if (key.isIPv6) {
        store(key.localAddress, local.address);
        store(key.peerAddress, peer.address);
    } else {
        qToBigEndian(localValue, key.localAddress.data());
        qToBigEndian(peerValue, key.peerAddress.data());
    }
    return key;
}

FlowKey FlowKey::swapped() const
{
    FlowKey other = *this;
    std::swap(other.localAddress, other.peerAddress);
    std::swap(other.localPort, other.peerPort);
    return other;
}

Endpoint FlowKey::local() const
{
    return endpoint(localAddress, localPort, isIPv6);
}

Endpoint FlowKey::peer() const
{
    return endpoint(peerAddress, peerPort, isIPv6);
}

std::size_t FlowKeyHash::operator()(const FlowKey &key) const noexcept
{
    static const std::size_t seed = QHashSeed::globalSeed();
    return qHashBits(&key, sizeof key, seed);
}

} // namespace Sidewire
