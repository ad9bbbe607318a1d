// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/filter/filternode.h"

#include <QString>

/// The single conditions of a filter. The errors are sentences.
namespace Sidewire::FilterTerms {

using FilterNodes::NodePointer;

/// A word alone: "in", "violation" ...; null when there is none of that name.
NodePointer word(const QString &name);

/// "name OP value": OP is ":", "=", ">", ">=", "<" or "<=".
Result<NodePointer> comparison(const QString &name, const QString &op, const QString &value, int utcOffsetSeconds);

NodePointer text(const QByteArray &pattern, bool ignoresCase);
Result<NodePointer> regex(const QByteArray &pattern, bool ignoresCase);

/// For error texts: every way to write a condition.
QString overview();

} // namespace Sidewire::FilterTerms
