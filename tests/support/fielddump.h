// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QString>
#include <QStringList>

namespace Sidewire::TestSupport {

/// One line a field, its parts indented: "0+4 Opcode: 1 text", with "12.4" for bit 4 of byte 12, "-" for what stands nowhere,
/// "!" before what is broken and "// remark" behind.
QStringList dump(const Field &field);
QStringList dump(const std::vector<Field> &fields);

/// What is wrong with the places of a field and of its parts: one that is not within `around`. Empty when all is well.
QString misplaced(const Field &field, const BitSpan &around);

/// The same for parts that must lie side by side and leave no bit of `whole` out. Those that stand nowhere do not count.
QString notCovered(const std::vector<Field> &parts, const BitSpan &whole);

} // namespace Sidewire::TestSupport
