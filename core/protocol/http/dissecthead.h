// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QByteArrayView>

namespace Sidewire {

/// The head of a request or a response at the start of `bytes`, which begin at `offset` of their stream: the start line
/// with its parts, then a field for each line, named like it. A line that is no header field is said to be broken (RFC
/// 9112, 2.1). The head may be cut off. At most `maxLines` lines.
Field dissectHead(QByteArrayView bytes, qint64 offset, qsizetype maxLines = 1000);

} // namespace Sidewire
