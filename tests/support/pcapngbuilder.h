// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace Sidewire::TestSupport {

/// Builds pcapng files in either byte order, with nothing of the code under test.
class PcapngBuilder
{
public:
    enum class Order { Little, Big };

    explicit PcapngBuilder(Order order = Order::Little)
        : m_order(order)
    {}

    PcapngBuilder &section(const QByteArray &application = {}, const QByteArray &comment = {});
    /// `resolution` as if_tsresol has it; -1 leaves the option out.
    PcapngBuilder &interface(int linkType, int resolution = -1, qint64 timeOffset = 0);
    PcapngBuilder &packet(const QByteArray &bytes, quint64 ticks = 0, int interface = 0, qint64 wireSize = -1,
                          int flags = -1);
    PcapngBuilder &simplePacket(const QByteArray &bytes);
    PcapngBuilder &obsoletePacket(const QByteArray &bytes, quint64 ticks = 0);
    PcapngBuilder &block(quint32 type, const QByteArray &body);

    const QByteArray &bytes() const { return m_bytes; }

    QByteArray u16(quint16 value) const;
    QByteArray u32(quint32 value) const;

private:
    QByteArray option(quint16 code, const QByteArray &value) const;

    Order m_order;
    QByteArray m_bytes;
};

/// Packets, from the outside in: ethernet(ipv4(tcp(...))).
namespace Wire {

enum TcpFlags { Fin = 1, Syn = 2, Rst = 4, Psh = 8, Ack = 16 };

QByteArray tcp(quint16 from, quint16 to, quint32 sequence, int flags, const QByteArray &payload = {},
               const QByteArray &options = {});
QByteArray udp(quint16 from, quint16 to, const QByteArray &payload);
QByteArray ipv4(const QByteArray &from, const QByteArray &to, int protocol, const QByteArray &payload,
                quint16 fragment = 0, const QByteArray &options = {});
QByteArray ipv6(const QByteArray &from, const QByteArray &to, int protocol, const QByteArray &payload);
QByteArray ethernet(quint16 etherType, const QByteArray &payload);
QByteArray vlan(quint16 etherType, const QByteArray &payload); ///< Goes into ethernet(0x8100, ...)
QByteArray linuxSll(quint16 etherType, const QByteArray &payload);
QByteArray linuxSll2(quint16 etherType, const QByteArray &payload);

} // namespace Wire

} // namespace Sidewire::TestSupport
