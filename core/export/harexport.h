// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/export/exporter.h"
#include "core/export/exportsink.h"

namespace Sidewire {

/// HAR 1.2 as browsers write WebSocket: an entry for each connection with its request, its response and its text and binary
/// messages in `_webSocketMessages`. Needs the messages of the websocket lens.
Result<void> exportHar(const SessionLog &log, const ExportOptions &options, ExportSink &sink);

} // namespace Sidewire
