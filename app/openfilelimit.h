// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Sidewire {

/// Raises the soft limit of open files to the hard one: many systems start with 1,024, a listener may have more clients.
void raiseOpenFileLimit();

} // namespace Sidewire
