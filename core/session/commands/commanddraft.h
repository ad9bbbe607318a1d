// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/commands/commandimport.h"

namespace Sidewire {

/// A session in the making while the words of a command are read.
class CommandDraft
{
public:
    explicit CommandDraft(const QString &tool) { m_command.tool = tool; }

    SessionSpec &spec() { return m_command.spec; }
    const QString &tool() const { return m_command.tool; }
    bool isListener() const { return m_command.spec.role == Role::Listener; }

    /// As `--option name=value`; an empty value is the default.
    Result<void> set(const char *name, const QString &value);

    void note(const QString &sentence);

    /// "The tool: sentence".
    Error error(const QString &sentence) const;

    /// Scheme, host, port and path, and the user in the authority.
    Result<void> setTarget(const QString &target);

    Result<void> setHost(const QString &host); ///< With or without the brackets of an IPv6 address
    Result<void> setPort(const QString &port);

    /// From "1.5": milliseconds of the connect timeout.
    Result<void> setTimeout(const QString &seconds, double factor = 1000);

    struct Proxy
    {
        QString kind; ///< "http", "socks5"; others are errors
        QString address; ///< "host:port"
        QString credentials; ///< "user:password"; may be empty
    };
    Result<void> setProxy(const Proxy &proxy);

    /// Gives up what means nothing to such a session.
    Result<ImportedCommand> finish();

private:
    ImportedCommand m_command;
};

} // namespace Sidewire
