// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QLatin1String>
#include <QList>
#include <QString>

#include <vector>

namespace Sidewire {

/// Where an option stands in the form and what kind of field asks for it.
struct OptionPlace
{
    enum class Group : quint8 { General, Socket, Tls, WebSocket, Listener, Udp, Other };
    enum class Kind : quint8 {
        Line,
        Secret, ///< Masked
        File,
        Switch, ///< on or off
        Choice, ///< One of `choices`
        OpenChoice, ///< One of them or anything typed
        Interface, ///< The name of one of this machine's
        Lines, ///< Repeatable: one a line
        Proxy,
    };
    struct Choice
    {
        QString value;
        QString text;
    };

    QString name; ///< That of SessionOptions::set()
    QString label;
    Group group = Group::Other;
    Kind kind = Kind::Line;
    bool isCommon = false; ///< In the short form too
    QList<Choice> choices;
    QString hint; ///< In the empty field: the default, or what a value looks like
};

/// The form of all options, in the order in which they are shown.
class OptionLayout
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::OptionLayout)

public:
    /// Not an option of its own name: what is typed here stays in memory (TlsSettings::passphrase).
    static constexpr QLatin1StringView Passphrase{"passphrase"};

    static std::vector<OptionPlace> places();
    static QString title(OptionPlace::Group group);
};

} // namespace Sidewire
