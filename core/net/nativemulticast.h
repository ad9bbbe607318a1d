// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/net/socketsettings.h"

namespace Sidewire::NativeSocket {

/// `group` as it is told in events and compared: an interface that stands in the address itself becomes the interface.
MulticastGroup normalized(const MulticastGroup &group);

/// Joins a group of either family where the socket can: a dual-stack socket joins both. The error says what does not fit.
Result<void> joinGroup(qintptr socket, const MulticastGroup &group);
Result<void> leaveGroup(qintptr socket, const MulticastGroup &group);

/// Datagrams to a group leave by this interface.
Result<void> setMulticastInterface(qintptr socket, const QString &interface);

/// Nothing of groups that only other sockets of this machine have joined, which Linux delivers unless asked not to.
void hearOwnGroupsOnly(qintptr socket);

} // namespace Sidewire::NativeSocket
