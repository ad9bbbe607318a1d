// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/commands/commanddraft.h"

namespace Sidewire {

/// The headers of a WebSocket upgrade as commands name them. Those with an option of their own (Origin, Cookie ...) become
/// that option, and those that every upgrade makes itself are left out.
class RequestHead
{
public:
    explicit RequestHead(CommandDraft &draft)
        : m_draft(draft)
    {}

    Result<void> add(const QString &line); ///< "Name: value"
    Result<void> addCookies(const QString &text); ///< "a=1; b=2"
    Result<void> addSubprotocols(const QString &text); ///< "a, b"

    /// Notes what was left out.
    void finish();

private:
    Result<void> addAuthorization(const QString &line, const QString &value);

    CommandDraft &m_draft;
    QStringList m_leftOut;
};

} // namespace Sidewire
