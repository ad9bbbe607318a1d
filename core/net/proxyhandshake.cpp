// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "proxyhandshake.h"

#include <utility>

namespace Sidewire {

ProxyHandshake::~ProxyHandshake() = default;

QString ProxyHandshake::Target::toString() const
{
    // The scope of an IPv6 address means nothing to anybody else.
    const QString shown = host.contains(u':') ? u'[' + host.section(u'%', 0, 0) + u']' : host;
    return shown + u':' + QString::number(port);
}

QByteArray ProxyHandshake::takeOutput()
{
    return std::exchange(m_output, {});
}

void ProxyHandshake::accept(const QString &answer)
{
    m_state = State::Accepted;
    m_answer = answer;
}

void ProxyHandshake::refuse(const QString &sentence, const QString &answer)
{
    m_state = State::Refused;
    m_answer = answer;
    m_error = {Error::Code::Refused, sentence};
}

} // namespace Sidewire
