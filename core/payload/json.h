// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire::Json {

/// The same JSON text with other white space (RFC 8259): key order, duplicate keys, number and string spelling are kept to
/// the byte. The error names the offset and what was expected. Nesting over 512 levels is refused.
Result<QByteArray> reindent(QByteArrayView text, int indent = 2);

/// Whether reindent() would succeed.
bool isValid(QByteArrayView text);

} // namespace Sidewire::Json
