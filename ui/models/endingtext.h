// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/connectioninfo.h"

#include <QCoreApplication>

namespace Sidewire {

/// Says who ended a connection and how.
class EndingText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::EndingText)

public:
    /// "Peer sent FIN, no Close frame, 60.0 s after the last byte"; empty while the connection lasts.
    static QString sentence(const ConnectionInfo &info, bool isWebSocket);

private:
    static QString whoAndHow(const ConnectionInfo &info);
    static QString notReached(const ConnectionInfo &info);
    static QString closeFrame(const ConnectionInfo &info, Direction direction);
};

} // namespace Sidewire
