// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QByteArrayView>

namespace Sidewire {

/// Adds to the head of an upgrade, dissected by dissectHead(), what RFC 6455 asks of its lines: the accept that was to
/// be expected, extensions with their parameters, and each of `violations` on the line that shows it.
///
/// `bytes` are those of the head. A response is checked against `request`, the head it answers; empty where that is not
/// known. Gives back those of the violations that a line shows.
quint32 dissectUpgrade(Field &head, QByteArrayView bytes, QByteArrayView request, quint32 violations);

} // namespace Sidewire
