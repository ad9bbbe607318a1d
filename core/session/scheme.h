// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Sidewire {

enum class Scheme : quint8 { Tcp, Tls, Udp, Ws, Wss };
enum class Role : quint8 { Client, Listener };

} // namespace Sidewire
