// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

namespace Sidewire::Hex {

/// Tolerant of what people paste: spaces, line ends, commas, colons, hyphens, "0x" and "\x" before each byte. The error names
/// the position: an odd digit or a character that is not hex.
Result<QByteArray> toBytes(QStringView text);

/// "68 65 6c"
QString fromBytes(QByteArrayView bytes);

/// "const unsigned char data[] = {0x68, ...};" with 12 bytes a line.
QString toCArray(QByteArrayView bytes);

/// Classic dump lines: offset in at least 8 hex digits, 16 bytes, text. `firstOffset` is that of the first byte.
QString dump(QByteArrayView bytes, qint64 firstOffset = 0);

} // namespace Sidewire::Hex
