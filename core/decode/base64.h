// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire::Base64 {

/// The bytes that base64 text stands for (RFC 4648): the standard alphabet or the URL-safe one, not both; spaces and line
/// ends anywhere; padding may be left out. Strict about all else: the error names what is wrong and its offset.
Result<QByteArray> decode(QByteArrayView text);

} // namespace Sidewire::Base64
