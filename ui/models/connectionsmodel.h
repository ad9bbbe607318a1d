// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagechoice.h"
#include "core/index/sessionlog.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace Sidewire {

/// The connections of a session, one row each; those that are gone stay.
///
/// Sorted by raw values, and anew at most once a second, so that rows do not dance under the pointer. However many
/// there are, refresh() looks only at what changed, a bounded number at a time.
class ConnectionsModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionsModel)

public:
    enum Column {
        Number,
        State,
        Peer,
        Age,
        BytesIn,
        BytesOut,
        MessagesIn,
        MessagesOut,
        Violations,
        Matches, ///< Messages that the filter lets through; empty while there is none
        Path,
        Local,
        Interface,
        ColumnCount
    };

    enum Role { NumberRole = Qt::UserRole }; ///< Of the connection

    explicit ConnectionsModel(QObject *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log); ///< Always the same one

    /// Takes over what changed. For the owner, after the log's doorbell.
    void refresh();
    void setMatches(std::optional<MatchCounts> matches); ///< Nothing: there is no filter
    bool hasMatches() const { return m_matches.has_value(); }
    void setNow(qint64 now) { m_now = now; } ///< What ages are counted to

    const ConnectionRow &at(int row) const { return m_connections[m_order[static_cast<std::size_t>(row)]]; }
    const ConnectionRow *find(ConnectionId id) const; ///< Null if there is none
    int rowOf(ConnectionId id) const; ///< -1 if there is none

    qint64 openCount() const { return m_open; }
    std::vector<ConnectionId> openOnes() const;
    qint64 generation() const { return m_generation; } ///< Grows with each refresh that changed something
    const std::set<ConnectionId> &waiting() const { return m_waiting; } ///< Whose upgrade a person decides about

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void take(const ConnectionRow &row);
    void append(std::size_t count);
    void sortNow();
    void sortSoon();
    bool isBefore(const ConnectionRow &one, const ConnectionRow &other) const;
    qint64 ageOf(const ConnectionRow &row) const;
    qint64 matchesOf(const ConnectionRow &row) const { return m_matches ? m_matches->of(row.id) : 0; }
    QString textOf(const ConnectionRow &row, int column) const;

    std::shared_ptr<const SessionLog> m_log;
    std::vector<ConnectionRow> m_connections; ///< By number
    std::vector<quint32> m_order; ///< Row to number
    std::vector<int> m_rows; ///< Number to row
    std::set<ConnectionId> m_waiting;
    std::optional<MatchCounts> m_matches;
    quint64 m_seen = 0; ///< The log's generation
    qint64 m_generation = 0;
    qint64 m_open = 0;
    qint64 m_now = 0;
    int m_sortColumn = Number;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_isSortDue = false;
    QTimer m_sortPause; ///< Single shot: until it ends nothing is sorted again
};

} // namespace Sidewire
