// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <span>

namespace Sidewire {

/// What a log gives next to a merge.
struct MergeHead
{
    bool hasMessage = false; ///< There is one, of this time
    qint64 time = 0;
    qint64 horizon = 0; ///< Without one: nothing earlier than this will come any more
};

/// Which head comes first in time, of equal ones the first; -1 when there is none, or when another log may still give an
/// earlier one.
int firstInTime(std::span<const MergeHead> heads);

} // namespace Sidewire
