// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/utf8.h"
#include "core/lens/lensspec.h"

#include <array>
#include <memory>

namespace Sidewire {

/// Guesses once, for both directions, and then hands everything to the lens it chose.
///
/// What the session is tells of WebSocket and UDP. Otherwise it looks at the first bytes: the first line of an HTTP message
/// is HTTP, with the WebSocket messages or server-sent events that come of it; other text with a line end is lines, anything
/// else is reads. Until then it holds the records back: fewer than 512 bytes a direction.
class AutoLens final : public Lens
{
public:
    explicit AutoLens(const LensContext &context);

    bool needsBytes() const override { return !m_chosen || m_chosen->needsBytes(); }
    qint64 passesOver(Direction direction) const override { return m_chosen ? m_chosen->passesOver(direction) : 0; }
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override;

private:
    struct Held
    {
        LensInput input;
        QByteArray bytes;
    };
    struct Side
    {
        Utf8Checker text;
        QByteArray seen; ///< Bytes looked at: text, or what a TLS handshake begins with
    };

    struct Guess
    {
        enum class Lens { Reads, Lines, Http };
        Lens lens = Lens::Reads;
        QByteArray reason;
    };
    static std::optional<Guess> guess(Side &side, char byte);

    void look(const LensInput &input, std::vector<Message> &messages);
    void choose(const Guess &guess, std::vector<Message> &messages);
    void choose(std::unique_ptr<Lens> lens, const QByteArray &reason, std::vector<Message> &messages);

    LensContext m_context;
    std::unique_ptr<Lens> m_chosen; ///< Null while the guess is open
    QByteArray m_reason;
    std::vector<Held> m_held;
    std::array<Side, DirectionCount> m_sides;
};

} // namespace Sidewire
