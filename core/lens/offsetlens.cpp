// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "offsetlens.h"

#include "core/lens/recordlens.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

OffsetLens::OffsetLens(std::unique_ptr<Lens> lens, qint64 offset)
    : m_lens(std::move(lens))
    , m_offset(offset)
{}

void OffsetLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    const qint64 before = std::clamp<qint64>(m_offset - input.offset, 0, input.length);
    if (before > 0) {
        LensInput head = input;
        head.length = before;
        messages.push_back(RecordLens::messageOf(head, MessageKind::Read));
    }
    if (before < input.length || before == 0) {
        LensInput rest = input;
        rest.offset += before;
        rest.length -= before;
        rest.bytes = input.bytes.isEmpty() ? input.bytes : input.bytes.sliced(static_cast<qsizetype>(before));
        m_lens->feed(rest, messages);
    }
}

void OffsetLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    const qint64 end = input.offset + input.length;
    if (end > m_offset) {
        LensInput rest = input;
        rest.offset = std::max(input.offset, m_offset);
        rest.length = end - rest.offset;
        m_lens->gap(rest, messages);
    }
}

void OffsetLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    m_lens->endOfStream(direction, time, messages);
}

} // namespace Sidewire
