// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

namespace Sidewire::Escapes {

/// "a\r\n\x00" -> bytes, text as UTF-8. Knows \r \n \t \0 \xHH \u{HHHH} \\ ; the error names the position of anything else.
/// Reads back what fromBytes() wrote.
Result<QByteArray> toBytes(QStringView text);

/// Bytes as text that is safe on a terminal and in one line: UTF-8 kept, control characters, line ends, bidirectional
/// controls and broken bytes as \r \n \t \xHH (\u{HHHH} for code points), the backslash doubled.
QString fromBytes(QByteArrayView bytes);

} // namespace Sidewire::Escapes
