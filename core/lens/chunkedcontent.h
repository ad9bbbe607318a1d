// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Where the content of a message with MessageFlag::Chunked, of which `wire` are the bytes, lies in them: at most `limit`
/// bytes of it.
std::vector<ByteSpan> chunkedContentSpans(const Message &message, QByteArrayView wire, qint64 limit);

/// That content itself.
QByteArray chunkedContent(const Message &message, QByteArrayView wire, qint64 limit);

} // namespace Sidewire
