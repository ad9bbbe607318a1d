// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionrecorder.h"
#include "core/session/sessionspec.h"
#include "core/session/streamlayers.h"

namespace Sidewire {

/// The TLS of a listener: made once, shared by its clients.
class ListenerTls
{
public:
    /// Reads the files, or makes a certificate for the listener's own names and says so in the log. Does nothing where that
    /// has been done with the same settings; what was there stays when it fails.
    Result<void> prepare(const SessionSpec &spec, SessionRecorder &recorder);

    /// For the next client; after prepare().
    StreamLayers::Tls layer() const { return {m_context, {}}; }

private:
    std::shared_ptr<const TlsContext> m_context;
};

} // namespace Sidewire
