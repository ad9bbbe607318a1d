// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/statustext.h"

namespace Sidewire {

/// The cells of the strip and the endpoint line below it.
class StripText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::StripText)

public:
    static QList<StripCell> cells(const SessionFacts &facts);
    static EndpointLine endpoints(const SessionFacts &facts);

private:
    static StripCell listenerCell(const SessionFacts &facts);
    static StripCell udpCell(const SessionFacts &facts);
    static StripCell tcpCell(const SessionFacts &facts);
    static StripCell tcpEnd(const SessionFacts &facts);
    static StripCell proxyCell(const SessionFacts &facts);
    static StripCell webSocketCell(const SessionFacts &facts);
    static StripCell webSocketEnd(const SessionFacts &facts);
    static QString outState(const SessionFacts &facts);
    static QString inState(const SessionFacts &facts);
};

} // namespace Sidewire
