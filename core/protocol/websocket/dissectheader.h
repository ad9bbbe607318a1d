// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// The header of a frame that begins at `offset`, field by field (RFC 6455, 5.2): FIN, RSV1 to RSV3, opcode, MASK, payload
/// length, masking key. `bytes` may end inside the header: then these are the fields that have begun, and the last one
/// says what is missing; and they may go on behind it. The fields lie side by side, no bit between them.
///
/// `violations` are shown on the fields that break them; those that show elsewhere are left out. `allowedReserved` are
/// bits as in Frame::reserved to which an extension gives a meaning.
std::vector<Field> dissectFrameHeader(QByteArrayView bytes, qint64 offset, quint32 violations, quint8 allowedReserved);

/// Those that fields of a header can show.
quint32 headerViolations();

} // namespace Sidewire
