// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/net/socketsettings.h"

#include <QString>

#include <optional>

namespace Sidewire {

/// The options of a socket that are more than a number.
namespace SocketValues {

Result<Endpoint> bind(const QString &text);
QString fromBind(const Endpoint &bind);

Result<QString> interface(const QString &text);

Result<SocketSettings::Family> family(const QString &text);
QString fromFamily(SocketSettings::Family family);

Result<std::optional<KeepAlive>> keepAlive(const QString &text);
QString fromKeepAlive(const std::optional<KeepAlive> &keepAlive);

Result<std::optional<int>> linger(const QString &text);
QString fromLinger(std::optional<int> seconds);

Result<MulticastGroup> group(const QString &text);
QString fromGroup(const MulticastGroup &group);

} // namespace SocketValues

} // namespace Sidewire
