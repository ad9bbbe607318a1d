// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Sidewire {

/// The first number from `begin` on for which `isBefore` does not hold, `end` if there is none: std::partition_point for the
/// rows of a table. Those for which it holds must come first.
template<typename IsBefore>
qint64 partitionPoint(qint64 begin, qint64 end, IsBefore isBefore)
{
    while (begin < end) {
        const qint64 middle = begin + (end - begin) / 2;
        if (isBefore(middle)) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin;
}

} // namespace Sidewire
