// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"

#include <memory>

namespace Sidewire {

/// Another lens from a stream offset on; each record before it, or part of one, is a message of the kind Read.
class OffsetLens final : public Lens
{
public:
    OffsetLens(std::unique_ptr<Lens> lens, qint64 offset);

    bool needsBytes() const override { return m_lens->needsBytes(); }
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override { return m_lens->unfinished(direction); }
    std::optional<Decision> decision() const override { return m_lens->decision(); }

private:
    std::unique_ptr<Lens> m_lens;
    qint64 m_offset;
};

} // namespace Sidewire
