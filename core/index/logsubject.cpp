// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logsubject.h"

#include "core/index/messagereader.h"
#include "core/protocol/websocket/closecode.h"

namespace Sidewire {

namespace {

constexpr quint16 NoCode = 1005; // RFC 6455, 7.1.5
constexpr quint16 NoCloseFrame = 1006;
constexpr int SwitchingProtocols = 101; // RFC 9110, 15.2.2

} // namespace

void LogSubject::set(const Message &message, std::optional<qint64> number)
{
    m_message = &message;
    m_number = number;
    m_content.reset();
}

QByteArrayView LogSubject::content() const
{
    if (!m_content) {
        m_content = MessageReader(m_log, m_reader, m_table)
                        .content(*m_message, MaxContent, MessageReader::Wait::Yes)
                        .value_or(QByteArray());
    }
    return *m_content;
}

std::optional<quint16> LogSubject::closeCode() const
{
    if (m_message->kind == MessageKind::Close) {
        return closeCodeOf(content()).value_or(NoCode);
    }
    return hasEndedWithoutClose(m_message->connection) ? std::optional(NoCloseFrame) : std::nullopt;
}

bool LogSubject::hasEndedWithoutClose(ConnectionId id) const
{
    if (toNumber(id) >= m_endings.size()) {
        m_endings.resize(toNumber(id) + std::size_t(1));
    }
    Ending &ending = m_endings[toNumber(id)];
    // An ending is known from an event, so nothing is new where there is none.
    if (const qint64 events = m_log.events().count(); !ending.isOver && ending.seenEvents != events) {
        const ConnectionInfo info = m_log.connection(id);
        ending.seenEvents = events;
        ending.isOver = info.isOver();
        ending.isWithoutClose = isWithoutClose(info);
    }
    return ending.isWithoutClose;
}

bool LogSubject::isWithoutClose(const ConnectionInfo &info)
{
    return info.isOver() && info.httpStatus == SwitchingProtocols && !info.closeCodes[indexOf(Direction::In)]
        && !info.closeCodes[indexOf(Direction::Out)];
}

} // namespace Sidewire
