// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filternode.h"

#include <QString>

#include <variant>

/// The single conditions of a filter.
namespace Sidewire::FilterTerms {

using FilterNodes::NodePointer;

/// What is wrong with a condition, and in which part of it.
struct Problem
{
    enum class Part : quint8 { Name, Operator, Value };

    Part part = Part::Name;
    qsizetype offset = 0; ///< Into the part
    QString detail; ///< A sentence without a full stop
};
using Term = std::variant<NodePointer, Problem>;

/// A word alone: "in", "violation" ...; null when there is none of that name.
NodePointer word(const QString &name);

/// "name OP value": OP is ":", "=", ">", ">=", "<" or "<=".
Term comparison(const QString &name, const QString &op, const QString &value, int utcOffsetSeconds);

NodePointer text(const QByteArray &pattern, bool ignoresCase);
Term regex(const QByteArray &pattern, bool ignoresCase);

/// For error texts: every way to write a condition.
QString overview();

} // namespace Sidewire::FilterTerms
