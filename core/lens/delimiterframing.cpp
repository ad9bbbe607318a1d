// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "delimiterframing.h"

namespace Sidewire {

Framing::Step DelimiterFraming::feed(QByteArrayView bytes)
{
    const qsizetype end = m_delimiter.feed(bytes);
    m_isComplete = end > 0;
    return m_isComplete ? Step{Step::Outcome::Complete, end} : Step{Step::Outcome::More, bytes.size()};
}

void DelimiterFraming::restart()
{
    m_delimiter.restart();
    m_isComplete = false;
}

Result<QByteArray> DelimiterFraming::wrap(QByteArrayView content) const
{
    return content.toByteArray() + m_delimiter.pattern();
}

} // namespace Sidewire
