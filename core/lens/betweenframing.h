// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"
#include "core/lens/patternmatch.h"

#include <optional>

namespace Sidewire {

/// Messages between a beginning and an end, as STX and ETX. What stands before a beginning belongs to the header of the
/// message that follows. After the escape byte, if there is one, the next byte is content whatever it is.
class BetweenFraming final : public Framing
{
public:
    static constexpr qint64 MaxOutside = 1024 * 1024; ///< More bytes without a beginning are set apart

    BetweenFraming(const QByteArray &begin, const QByteArray &end, std::optional<char> escape);

    Step feed(QByteArrayView bytes) override;
    qint64 header() const override { return m_header; }
    qint64 trailer() const override { return m_state == State::Complete ? m_end.size() : 0; }
    void restart() override;
    Result<QByteArray> wrap(QByteArrayView content) const override;

private:
    enum class State { Outside, Inside, Complete };

    qsizetype findBegin(QByteArrayView bytes);
    qsizetype findEnd(QByteArrayView bytes);

    PatternMatch m_begin;
    PatternMatch m_end;
    std::optional<char> m_escape;
    State m_state = State::Outside;
    qint64 m_header = 0;
    bool m_isEscaped = false; ///< The next byte is content
};

} // namespace Sidewire
