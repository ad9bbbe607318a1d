// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

/// What the calling thread asks of the system's scheduler. Does nothing where the system has no such thing.
namespace Sidewire::CurrentThread {

/// What debuggers and profilers call it; 15 characters at most.
void setName(const char *name);

/// It gets less time than others: for what is derived from a log.
void giveWay();

/// It gets the time that nobody else wants, on Linux, and cannot be given more again: for what is derived from a log beside
/// its recording, and may be late. Its locks are held for so long too: nothing long may be done under one that the window takes.
void takeIdleTime();

} // namespace Sidewire::CurrentThread
