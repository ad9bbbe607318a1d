// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"

#include <array>

namespace Sidewire {

/// A message ends where its direction was silent for some time. So the last one is open until something follows it.
class IdleLens final : public Lens
{
public:
    explicit IdleLens(qint64 nanoseconds)
        : m_silence(nanoseconds)
    {}

    bool needsBytes() const override { return false; }
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override { return m_open[indexOf(direction)]; }
    std::optional<Decision> decision() const override { return Decision{"idle", {}}; }

private:
    qint64 m_silence;
    std::array<std::optional<Message>, DirectionCount> m_open;
};

} // namespace Sidewire
