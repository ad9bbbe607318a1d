// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "benchlog.h"

#include "core/base/clock.h"

#include <QJsonObject>

#include <cstdio>
#include <cstdlib>

namespace Sidewire::Bench {

namespace {

constexpr ConnectionId Connection{0};

} // namespace

BenchLog::BenchLog(const QString &path, Transport transport)
    : m_time(Clock::now())
{
    const QString scheme = transport == Transport::Tcp ? QStringLiteral("tcp") : QStringLiteral("udp");
    auto writer = CaptureWriter::create(path,
                                        {.application = QStringLiteral("benchmark"),
                                         .target = scheme + QStringLiteral("://127.0.0.1:9"),
                                         .options = {}});
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.error().detail));
        std::exit(1);
    }
    m_writer = *std::move(writer);
    m_writer->setRoomAgainCallback([this] { m_room.ring(); });
    const Endpoint local{QHostAddress::LocalHost, 40000};
    const Endpoint peer{QHostAddress::LocalHost, 9};
    m_writer->appendEvent({.time = m_time,
                           .type = EventType::Opened,
                           .connection = Connection,
                           .message = QStringLiteral("opened"),
                           .data = {{QStringLiteral("transport"), scheme},
                                    {QStringLiteral("role"), QStringLiteral("client")},
                                    {QStringLiteral("local"), local.toString()},
                                    {QStringLiteral("peer"), peer.toString()}}});
    m_writer->openFlow(Connection, transport, Direction::Out, local, peer, m_time);
}

void BenchLog::append(QByteArrayView payload)
{
    m_time += 1000;
    while (!m_writer->append(Connection, Direction::In, payload, m_time)) {
        m_writer->flush();
        if (!m_writer->hasRoom()) {
            m_room.wait();
        }
    }
}

} // namespace Sidewire::Bench
