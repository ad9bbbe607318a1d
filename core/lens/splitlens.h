// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"

#include <array>
#include <memory>

namespace Sidewire {

/// A lens for each direction, neither of which sees the other's bytes.
class SplitLens final : public Lens
{
public:
    SplitLens(std::unique_ptr<Lens> in, std::unique_ptr<Lens> out);

    bool needsBytes() const override;
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override;

private:
    std::array<std::unique_ptr<Lens>, DirectionCount> m_lenses;
};

} // namespace Sidewire
