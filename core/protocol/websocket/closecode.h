// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <optional>
#include <string_view>

namespace Sidewire {

/// What IANA's registry calls a close code: "Normal Closure", "Going Away" ...; "application code" for 4000 to 4999,
/// "unassigned" for the rest.
std::string_view closeCodeName(quint16 code);

/// Whether an endpoint may send `code` in a Close frame (RFC 6455, 7.4; 1005, 1006 and 1015 never).
bool isSendableCloseCode(quint16 code);

/// The code in a Close frame's payload; nothing when it has less than two bytes.
std::optional<quint16> closeCodeOf(QByteArrayView payload);

} // namespace Sidewire
