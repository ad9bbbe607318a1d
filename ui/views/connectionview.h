// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/models/connectionsheet.h"

#include <QTreeWidget>

#include <memory>
#include <optional>

namespace Sidewire {

/// The facts of one connection, to read and to copy: its ends, TLS with the chain, steps, socket options.
///
/// Shows the connection it is given, or the newest. The rows are made anew only when what they say has changed, and what
/// was folded, current and scrolled to stays.
class ConnectionView final : public QTreeWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionView)

public:
    explicit ConnectionView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void setConnection(std::optional<ConnectionId> connection); ///< Nothing: the newest
    void refresh(); ///< Does nothing while hidden

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setGroups(const QList<FactGroup> &groups);
    void copyRow();
    void copyAll();

    std::shared_ptr<const SessionLog> m_log;
    std::optional<ConnectionId> m_connection;
    QList<FactGroup> m_groups;
};

} // namespace Sidewire
