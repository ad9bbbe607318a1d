// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"

#include <array>

namespace Sidewire {

/// Lines that end with LF or CRLF. The content is the line without its ending. A line of any length costs nothing: only
/// the place where it began is kept.
class LineLens final : public Lens
{
public:
    bool needsBytes() const override { return true; }
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override { return Decision{"lines", {}}; }

private:
    /// The line that has begun in a direction: its end moves with each record.
    struct Side
    {
        Message line;
        bool hasBegun = false;
        bool endsWithReturn = false; ///< Its last byte so far is a CR
    };
    static void begin(Message &line, const LensInput &input, qint64 from);
    static void extend(Message &line, const LensInput &input, qint64 to);

    std::array<Side, DirectionCount> m_sides;
};

} // namespace Sidewire
