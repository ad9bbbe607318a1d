// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/sessionfacts.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace Sidewire {

class SessionItem;

/// The sessions of the window in the order in which they were opened. Owns them.
class SessionListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionListModel)

public:
    enum Role {
        MarkRole = Qt::UserRole, ///< SessionMark as int
        CounterRole, ///< A listener's open clients; empty for others
    };

    explicit SessionListModel(QObject *parent = nullptr);
    ~SessionListModel() override;

    SessionItem *add(std::unique_ptr<SessionItem> item);
    void remove(SessionItem *item); ///< Destroys it

    SessionItem *item(int row) const; ///< Null for a row that does not exist
    SessionItem *find(SessionId id) const; ///< Null when it is gone
    int rowOf(const SessionItem *item) const; ///< -1 when it is not here

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    /// What a row shows; kept so that traffic alone does not repaint the list.
    struct Row
    {
        std::unique_ptr<SessionItem> item;
        SessionMark mark = SessionMark::Busy;
        QString counter;
    };
    void update(const SessionItem *item);

    std::vector<Row> m_rows;
};

} // namespace Sidewire
