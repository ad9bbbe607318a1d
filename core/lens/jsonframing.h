// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"

namespace Sidewire {

/// JSON texts one after another (RFC 8259), each on a line of its own or without anything between them. Blanks before a text
/// belong to its header. Only brackets and strings are looked at: what is between them may be wrong.
class JsonFraming final : public Framing
{
public:
    static constexpr qint64 MaxBlanks = 1024 * 1024; ///< More in a row are set apart
    static constexpr qint64 MaxDepth = 1'000'000;

    Step feed(QByteArrayView bytes) override;
    qint64 header() const override { return m_blanks; }
    qint64 trailer() const override { return m_isComplete && m_hasEnding ? 1 : 0; }
    bool hasBegun() const override { return m_state != State::Before; }
    void restart() override;
    QByteArray misfit() const override { return m_misfit; }
    Result<QByteArray> wrap(QByteArrayView content) const override;

private:
    enum class State { Before, Inside, String, Escape, Scalar };

    bool begin(char byte);

    State m_state = State::Before;
    qint64 m_blanks = 0;
    qint64 m_depth = 0;
    bool m_hasEnding = false; ///< A number or a word ends with the blank after it
    bool m_isComplete = false;
    QByteArray m_misfit;
};

} // namespace Sidewire
