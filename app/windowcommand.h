// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Sidewire {

/// `sidewire [TARGET|FILE.pcapng ...]`: opens the window; returns the exit status.
int windowCommand(int &argc, char *argv[]);

} // namespace Sidewire
