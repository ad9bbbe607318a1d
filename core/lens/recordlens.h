// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"

namespace Sidewire {

/// Each record is one message: `reads` for streams, `datagrams` for UDP. It looks at no byte.
class RecordLens final : public Lens
{
public:
    RecordLens(MessageKind kind, QByteArray name);

    /// The whole record as one message.
    static Message messageOf(const LensInput &input, MessageKind kind);

    bool needsBytes() const override { return false; }
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &, std::vector<Message> &) override {}
    void endOfStream(Direction, qint64, std::vector<Message> &) override {}
    std::optional<Message> unfinished(Direction) const override { return {}; }
    std::optional<Decision> decision() const override { return Decision{m_name, {}}; }

private:
    static void fill(Message &message, const LensInput &input, MessageKind kind);

    MessageKind m_kind;
    QByteArray m_name;
};

} // namespace Sidewire
