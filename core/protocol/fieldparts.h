// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"
#include "core/protocol/websocket/violation.h"

#include <QByteArrayView>
#include <QString>

#include <string_view>

namespace Sidewire {

/// What all dissectors have in common: how values are put into words, and how a field says that it breaks a rule.
namespace FieldParts {

constexpr qsizetype MaxValueBytes = 4096; ///< A line of a head; what is longer ends with an ellipsis
constexpr qsizetype MaxTextBytes = 64; ///< First bytes of a payload, as text
constexpr qsizetype MaxHexBytes = 16; ///< The same, as hex

QString fromName(std::string_view name); ///< Names from core are ASCII

/// The bytes as UTF-8, cut off behind a whole character.
QString text(QByteArrayView bytes, qsizetype limit);

QString hex(QByteArrayView bytes, qsizetype limit); ///< "37 fa 21 3d"

/// The first bytes of a payload: in quotes where they are text, as hex otherwise.
QString firstBytes(QByteArrayView bytes);

/// Adds to what the field remarks.
void remark(Field &field, const QString &words);

/// The same, with the rule's sentence and section.
void breakRule(Field &field, Violation violation);

} // namespace FieldParts

} // namespace Sidewire
