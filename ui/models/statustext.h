// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/sessionfacts.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace Sidewire {

/// One layer of a session on the strip: "TCP" "ESTABLISHED" "0.2 ms".
struct StripCell
{
    QString layer;
    QString state;
    QString detail;
    Theme::Tone tone = Theme::Tone::Text;

    friend bool operator==(const StripCell &, const StripCell &) = default;
};

/// Both ends and what each direction does.
struct EndpointLine
{
    QString local;
    QString out;
    QString in;
    QString peer;

    friend bool operator==(const EndpointLine &, const EndpointLine &) = default;
};

/// What is worth a sentence now, and what can be done about it.
struct Notice
{
    enum class Action : quint8 { Retry, ListenHere, OpenAsWebSocket, OpenRedirect, StopReconnecting, GivePassphrase };

    QString text; ///< Empty: nothing to say
    Theme::Tone tone = Theme::Tone::Text;
    QList<Action> actions;

    friend bool operator==(const Notice &, const Notice &) = default;
};

/// Puts a session's facts into words. Pure: the same facts give the same words. Whatever a peer sent stands in them as
/// it came, so they are for plain-text labels.
class StatusText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::StatusText)

public:
    /// One cell a layer that the session has, lowest first.
    static QList<StripCell> cells(const SessionFacts &facts);
    static EndpointLine endpoints(const SessionFacts &facts);
    static QString counters(const SessionFacts &facts);
    static Notice notice(const SessionFacts &facts);

    /// "Reconnecting in 3 s (attempt 4)"; empty when nothing follows by itself.
    static QString reconnecting(const SessionFacts &facts);

    /// What an encrypted key says that needs another passphrase before the next attempt; empty when none does.
    static QString whyPassphrase(const SessionFacts &facts);
    static bool asksForPassphrase(const SessionSpec &spec, const QString &error);

    /// Who ended it and how; empty while it lasts.
    static QString ending(const ConnectionInfo &info, bool isWebSocket);

    static QString markName(SessionMark mark);
    static Theme::Tone markTone(SessionMark mark);

    /// Why nothing can be sent now; empty when it can.
    static QString whyNotSend(const SessionFacts &facts);

    /// True while a shown text depends on the time.
    static bool needsClock(const SessionFacts &facts);

private:
    static Notice endNotice(const SessionFacts &facts);
};

} // namespace Sidewire
