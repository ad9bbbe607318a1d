// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

namespace Sidewire {

/// The names of the columns and one message, as RFC 4180 wants them, line ends included.
QByteArray csvHeader();
QByteArray messageAsCsvLine(const SessionLog &log, const Message &message, qint64 number,
                            const std::shared_ptr<const MessageTable> &table);

} // namespace Sidewire
