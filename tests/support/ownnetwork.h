// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Sidewire::TestSupport {

/// Moves this process into a network of its own, which goes with it: `lo`, also with 10.9.8.7/24, and a cable between the
/// interfaces "left" (10.1.0.1/24, fd01::1) and "right" (10.1.0.2/24, fd01::2). To be called first of all in main(), while
/// there is one thread. Returns what the machine lacks for that; empty when it is done.
QString enterOwnNetwork();

} // namespace Sidewire::TestSupport
