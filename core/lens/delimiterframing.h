// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"
#include "core/lens/patternmatch.h"

namespace Sidewire {

/// Messages that end with the same bytes.
class DelimiterFraming final : public Framing
{
public:
    explicit DelimiterFraming(const QByteArray &delimiter)
        : m_delimiter(delimiter)
    {}

    Step feed(QByteArrayView bytes) override;
    qint64 trailer() const override { return m_isComplete ? m_delimiter.size() : 0; }
    void restart() override;
    Result<QByteArray> wrap(QByteArrayView content) const override;

private:
    PatternMatch m_delimiter;
    bool m_isComplete = false; ///< The message that feed() returned last
};

} // namespace Sidewire
