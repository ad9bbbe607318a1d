// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <string_view>

namespace Sidewire {

/// A name from core (of a kind, an opcode, a close code): they are all ASCII.
inline QString toQString(std::string_view name)
{
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace Sidewire
