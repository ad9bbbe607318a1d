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
/// What the session is tells of WebSocket and UDP. Otherwise it looks at the first bytes: text with a line end is lines,
/// anything else is reads. Until then it holds the records back: fewer than 512 bytes a direction.
class AutoLens final : public Lens
{
public:
    explicit AutoLens(const LensContext &context);

    bool needsBytes() const override { return !m_chosen || m_chosen->needsBytes(); }
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
        qint64 seen = 0; ///< Bytes looked at, all of them text
    };

    void look(const LensInput &input, std::vector<Message> &messages);
    void choose(const QString &lens, const QByteArray &reason, std::vector<Message> &messages);

    LensContext m_context;
    std::unique_ptr<Lens> m_chosen; ///< Null while the guess is open
    QByteArray m_reason;
    std::vector<Held> m_held;
    std::array<Side, DirectionCount> m_sides;
};

} // namespace Sidewire
