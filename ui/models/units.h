// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Sidewire::Units {

/// A duration of nanoseconds for people: "0.2 ms", "412 ms", "60.0 s", "3:12 min", "1:02:03 h".
QString duration(qint64 nanoseconds);

/// A running clock, whole seconds: "0:07", "3:12", "1:02:03".
QString clock(qint64 nanoseconds);

/// "15 B", "4.2 kB", "1.3 GB"; powers of 1000.
QString bytes(qint64 count);

} // namespace Sidewire::Units
