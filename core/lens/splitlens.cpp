// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "splitlens.h"

#include <utility>

namespace Sidewire {

SplitLens::SplitLens(std::unique_ptr<Lens> in, std::unique_ptr<Lens> out)
{
    m_lenses[indexOf(Direction::In)] = std::move(in);
    m_lenses[indexOf(Direction::Out)] = std::move(out);
}

bool SplitLens::needsBytes() const
{
    return m_lenses[0]->needsBytes() || m_lenses[1]->needsBytes();
}

void SplitLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    m_lenses[indexOf(input.direction)]->feed(input, messages);
}

void SplitLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    m_lenses[indexOf(input.direction)]->gap(input, messages);
}

void SplitLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    m_lenses[indexOf(direction)]->endOfStream(direction, time, messages);
}

std::optional<Message> SplitLens::unfinished(Direction direction) const
{
    return m_lenses[indexOf(direction)]->unfinished(direction);
}

std::optional<Lens::Decision> SplitLens::decision() const
{
    const std::optional<Decision> in = m_lenses[indexOf(Direction::In)]->decision();
    const std::optional<Decision> out = m_lenses[indexOf(Direction::Out)]->decision();
    if (!in || !out) {
        return {};
    }
    const QByteArray separator = in->reason.isEmpty() || out->reason.isEmpty() ? "" : "; ";
    return Decision{"in=" + in->lens + "/out=" + out->lens, in->reason + separator + out->reason};
}

} // namespace Sidewire
