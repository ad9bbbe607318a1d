// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/connectioninfo.h"
#include "core/net/socketsettings.h"

#include <vector>

/// Options of a socket, set before it is bound and read back from the kernel, which does not always do what it is asked.
namespace Sidewire::NativeOptions {

enum class Kind : quint8 {
    Connecting,
    Listening, ///< What is set here most systems hand on to the accepted sockets
    Accepted,
    Datagram,
};

/// Sets what `settings` asks for, except the address to bind and the groups. The error names the first option that the
/// system refuses ("interface eth9: No such device"); what was set before it stays set.
Result<void> apply(qintptr socket, const SocketSettings &settings, Kind kind);

/// What the kernel has, in the words of the options; `asked` is filled where `settings` asks for something.
std::vector<SocketOption> readBack(qintptr socket, const SocketSettings &settings, Kind kind);

/// How many clients the kernel keeps waiting for a listening socket, 0 where it does not tell.
int backlogOf(qintptr socket);

/// Bytes of SO_RCVBUF that can hold data: Linux doubles what it is asked for, for its own book-keeping, and tells the double.
int receiveBufferOf(qintptr socket);

/// Seconds of SO_LINGER; nothing while it is off.
std::optional<int> lingerOf(qintptr socket);

} // namespace Sidewire::NativeOptions
