// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace Sidewire {

/// "2026-11-22T08:00:00.000000001Z" from nanoseconds since 1970 UTC.
QByteArray isoTime(qint64 time);

/// "1795334400.000000001": seconds since 1970 UTC, nothing rounded.
QByteArray secondsText(qint64 time);

} // namespace Sidewire
