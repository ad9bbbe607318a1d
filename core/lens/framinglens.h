// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"
#include "core/lens/lens.h"

#include <array>
#include <memory>

namespace Sidewire {

/// Cuts each direction by a Framing of its own. A message of any length costs nothing: only the place where it began is
/// kept.
///
/// Where a stream turns out not to be framed so, the message that shows it gets the flag Misfit, and from there on each
/// record is a message of the kind Read.
class FramingLens final : public Lens
{
public:
    /// `name` is its spec.
    FramingLens(QByteArray name, std::unique_ptr<Framing> in, std::unique_ptr<Framing> out);

    bool needsBytes() const override;
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override;

private:
    struct Side
    {
        std::unique_ptr<Framing> framing; ///< Null after a misfit
        QByteArray misfit;
        Message message;
        bool hasBegun = false;
    };
    void extend(Side &side, const LensInput &input, qint64 from, qint64 to);
    void complete(Side &side, MessageKind kind, std::vector<Message> &messages);
    static Message measured(const Side &side);

    QByteArray m_name;
    std::array<Side, DirectionCount> m_sides;
};

} // namespace Sidewire
