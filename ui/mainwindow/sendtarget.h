// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"
#include "ui/widgets/recipients.h"

#include <QObject>

#include <functional>

namespace Sidewire {

class ConnectionsModel;
class RecipientButton;

/// Whom a session with several possible receivers sends to. Sticky: a new client never steals it, and when a chosen one
/// is gone nothing is sent until another is chosen.
class SendTarget final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SendTarget)

public:
    SendTarget(const ConnectionsModel &connections, const SessionSpec &spec, RecipientButton &button,
               QObject *parent = nullptr);

    /// What the menu offers beside the usual.
    void setSelection(std::function<std::vector<ConnectionId>()> selection);

    void choose(const std::vector<ConnectionId> &connections); ///< At least one
    void refresh(); ///< The button, after the connections changed

    /// Why nothing can be sent to the chosen ones now; empty when it can.
    QString obstacle() const;

Q_SIGNALS:
    void chosen(); ///< By the user

private:
    std::vector<RecipientChoice> choices() const;
    QString textOf(const Recipients &recipients) const;
    std::vector<ConnectionId> gone() const;
    void set(const Recipients &recipients);

    const ConnectionsModel &m_connections;
    SessionSpec m_spec;
    RecipientButton &m_button;
    std::function<std::vector<ConnectionId>()> m_selection;
    Recipients m_recipients;
};

} // namespace Sidewire
