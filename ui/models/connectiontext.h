// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/connectionrow.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QString>

namespace Sidewire {

/// One connection of many, in few words. Pure; what a peer sent stands in them as it came.
class ConnectionText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::ConnectionText)

public:
    static QString state(const ConnectionRow &row); ///< "open", "open, paused", "reset by peer" ...
    static Theme::Tone stateTone(const ConnectionRow &row);
    static Theme::Icon stateIcon(const ConnectionRow &row);

    /// What a waiting upgrade asks for: "/chat, origin https://here, subprotocols a, b".
    static QString upgrade(const ConnectionRow &row);

    /// "#3 127.0.0.1:50214"
    static QString name(const ConnectionRow &row);

private:
    static QString openState(const ConnectionRow &row);
    static QString endState(const ConnectionRow &row);
};

} // namespace Sidewire
