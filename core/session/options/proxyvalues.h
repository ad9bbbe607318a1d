// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"

namespace Sidewire {

/// A proxy as a URL. User and password are percent-encoded there, as in any URL.
namespace ProxyValues {

/// "http://[user[:password]@]host:port", "socks5://..." (port 1080 unless said; "socks5h://" means the same, names are
/// always resolved by the proxy), "off".
Result<ProxySettings> proxy(const QString &text);
QString fromProxy(const ProxySettings &proxy);

} // namespace ProxyValues

} // namespace Sidewire
