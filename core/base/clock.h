// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Sidewire {

/// Time stamps of records and events: nanoseconds since 1970-01-01 UTC.
///
/// One wall-clock anchor, taken when the process starts, plus a clock that only runs forward (and goes
/// on while the machine sleeps): stamps never go backwards, even when the wall clock is set.
namespace Clock {

/// Now. Cheap enough to be called for each read (about 25 ns). Thread-safe.
qint64 now();

/// How far the wall clock has been set away from our time since the process started, in nanoseconds.
/// Small values are drift; a jump means that somebody set the clock.
qint64 wallClockStep();

} // namespace Clock

} // namespace Sidewire
