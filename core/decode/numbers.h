// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace Sidewire {

/// What the bytes at one place are worth as a number, in both byte orders.
struct NumberRow
{
    QString name; ///< "u16", "f32", "LEB128", "Unix ms"
    QString little; ///< Empty when it does not apply
    QString big;

    friend bool operator==(const NumberRow &, const NumberRow &) = default;
};

/// Integers, floats and variable-length integers at the beginning of `bytes`, then the times and the UUID that they may
/// be. Rows for which there are too few bytes are left out; times are there only where they fall into 1990 to 2100.
std::vector<NumberRow> numbersAt(QByteArrayView bytes);

/// How many bytes numbersAt() looks at.
constexpr qsizetype MaxNumberBytes = 16;

} // namespace Sidewire
