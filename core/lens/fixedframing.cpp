// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fixedframing.h"

namespace Sidewire {

Framing::Step FixedFraming::feed(QByteArrayView bytes)
{
    const qint64 left = m_size - m_seen;
    if (bytes.size() < left) {
        m_seen += bytes.size();
        return {Step::Outcome::More, bytes.size()};
    }
    m_seen = 0;
    return {Step::Outcome::Complete, static_cast<qsizetype>(left)};
}

Result<QByteArray> FixedFraming::wrap(QByteArrayView content) const
{
    if (content.size() > m_size) {
        return Error{Error::Code::TooLarge,
                     QStringLiteral("%1 bytes do not fit into a message of %2").arg(content.size()).arg(m_size)};
    }
    return content.toByteArray().leftJustified(static_cast<qsizetype>(m_size), '\0');
}

} // namespace Sidewire
