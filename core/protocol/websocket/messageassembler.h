// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/frame.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire {

/// The content of one message from the bytes of its span: the payloads of its data frames (or of its one control frame),
/// unmasked and put together; control frames that lie between fragments are left out. At most `limit` bytes. A span that
/// is cut off gives what is there.
QByteArray assembleMessage(QByteArrayView span, qint64 limit);

} // namespace Sidewire
