// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QTableView>

#include <optional>
#include <vector>

namespace Sidewire {

class ConnectionsModel;

/// The table of a session's connections. Rows are chosen, several at a time; a row that is being looked at stays where it
/// is on the screen when the order changes.
class ConnectionsView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionsView)

public:
    enum class Kind : quint8 { Tcp, WebSocket, Udp };

    ConnectionsView(ConnectionsModel &model, Kind kind, QWidget *parent = nullptr);

    /// Ascending. Found anew after selectionChanged() only.
    const std::vector<ConnectionId> &selected() const { return m_selected; }

    void showMatches(); ///< Shows or hides their column; call when the model has or has lost them

    bool hasRunningAges() const; ///< Whether an age on the screen grows
    void updateAges();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectedChanged();
    void sendToRequested(); ///< The user pressed Enter or double-clicked a row
    void closeRequested(); ///< Delete
    void copyRequested();

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setColumns(Kind kind);
    int visibleRows() const;
    void keepPlace();
    void comeBack();

    ConnectionsModel &m_model;
    std::vector<ConnectionId> m_selected;
    std::optional<int> m_place; ///< How far below the top the current row stands
};

} // namespace Sidewire
