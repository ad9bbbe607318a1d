// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Where a part of a WebSocket message's content lies in its frames: `wire` are the bytes of the message, `begin` their
/// offset in the stream, `part` counts in the content. More than one span where frame headers lie in between; nothing
/// where `wire` is cut off before.
std::vector<ByteSpan> contentPlace(QByteArrayView wire, qint64 begin, const ByteSpan &part);

} // namespace Sidewire
