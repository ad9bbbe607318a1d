// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonObject>
#include <QString>

namespace Sidewire {

/// What the section header and the interface of a log say of it.
struct CaptureHeader
{
    QString application; ///< "Sidewire 0.1.0"; for a foreign file what its header says
    QString target; ///< "tcp://127.0.0.1:7", the session's target; empty for a foreign file
    QJsonObject options; ///< The resolved options, without secrets
    bool isPlaintextOfTls = false; ///< The recorded bytes are what TLS carried
    bool isForeign = false; ///< Made by another program: read-only, conversations as connections
};

} // namespace Sidewire
