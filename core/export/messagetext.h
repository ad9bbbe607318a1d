// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

namespace Sidewire {

// What all formats say of a message in the same words.

/// Longer messages are refused by exportLog(): JSON and CSV hold a message in one piece.
constexpr qint64 MaxContent = qint64(1) << 30;

/// `table` is the one that the message is of; null: the log's present one.
QByteArray messageContent(const SessionLog &log, const Message &message,
                          const std::shared_ptr<const MessageTable> &table);

/// Whether the content goes as text; otherwise as base64.
bool isTextContent(QByteArrayView content);

QByteArray directionName(Direction direction); ///< "in", "out"
QByteArray kindName(MessageKind kind);

} // namespace Sidewire
