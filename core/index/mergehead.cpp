// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mergehead.h"

#include <cstddef>

namespace Sidewire {

int firstInTime(std::span<const MergeHead> heads)
{
    int first = -1;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const bool isFirst =
            heads[i].hasMessage && (first < 0 || heads[i].time < heads[static_cast<std::size_t>(first)].time);
        first = isFirst ? static_cast<int>(i) : first;
    }
    for (const MergeHead &head : heads) {
        if (first >= 0 && !head.hasMessage && head.horizon < heads[static_cast<std::size_t>(first)].time) {
            return -1;
        }
    }
    return first;
}

} // namespace Sidewire
