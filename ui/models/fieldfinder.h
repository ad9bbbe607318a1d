// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "core/protocol/field.h"

#include <QString>

#include <optional>

namespace Sidewire {

/// Names what a byte is, for whoever points at it. Keeps the message that was pointed at last taken apart.
class FieldFinder
{
public:
    /// "MASK 1, masked" and "Payload length 5 (7 bits)", a line each; empty while the bytes are not in memory: then they
    /// are fetched, and a later call knows.
    QString namesAt(const SessionLog &log, const Message &message, qint64 offset);

    void forget(); ///< Another log is shown

private:
    std::optional<Message> m_message;
    std::optional<Field> m_root; ///< Of that
};

} // namespace Sidewire
