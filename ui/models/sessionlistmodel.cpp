// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionlistmodel.h"

#include "ui/models/sessionitem.h"
#include "ui/models/statustext.h"

#include <algorithm>

namespace Sidewire {

namespace {

QString counterOf(const SessionFacts &facts)
{
    return facts.isListener() && facts.isRunning ? QString::number(facts.openConnections) : QString();
}

} // namespace

SessionListModel::SessionListModel(QObject *parent)
    : QAbstractListModel(parent)
{}

SessionListModel::~SessionListModel() = default;

SessionItem *SessionListModel::add(std::unique_ptr<SessionItem> item)
{
    SessionItem *added = item.get();
    const int row = rowCount();
    beginInsertRows({}, row, row);
    const SessionFacts facts = item->facts();
    m_rows.push_back({std::move(item), sessionMark(facts), counterOf(facts)});
    endInsertRows();
    connect(added, &SessionItem::changed, this, [this, added] { update(added); });
    connect(added, &SessionItem::nameChanged, this, [this, added] {
        const QModelIndex changed = index(rowOf(added));
        Q_EMIT dataChanged(changed, changed);
    });
    return added;
}

void SessionListModel::remove(SessionItem *item)
{
    const int row = rowOf(item);
    if (row < 0) {
        return;
    }
    beginRemoveRows({}, row, row);
    const Row gone = std::move(m_rows[static_cast<std::size_t>(row)]);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

SessionItem *SessionListModel::item(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].item.get() : nullptr;
}

SessionItem *SessionListModel::find(SessionId id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) { return row.item->id() == id; });
    return found == m_rows.end() ? nullptr : found->item.get();
}

int SessionListModel::rowOf(const SessionItem *item) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [item](const Row &row) { return row.item.get() == item; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.item->name();
    case Qt::ToolTipRole:
        // A name may look like HTML, and tool tips guess.
        return QStringLiteral("<p>%1<br>%2</p>").arg(row.item->name().toHtmlEscaped(), StatusText::markName(row.mark));
    case Qt::AccessibleTextRole:
        return row.counter.isEmpty()
            ? QStringLiteral("%1, %2").arg(row.item->name(), StatusText::markName(row.mark))
            : QStringLiteral("%1, %2, %3").arg(row.item->name(), StatusText::markName(row.mark), row.counter);
    case MarkRole:
        return static_cast<int>(row.mark);
    case CounterRole:
        return row.counter;
    default:
        return {};
    }
}

void SessionListModel::update(const SessionItem *item)
{
    const int row = rowOf(item);
    const SessionFacts facts = item->facts();
    const SessionMark mark = sessionMark(facts);
    const QString counter = counterOf(facts);
    Row &shown = m_rows[static_cast<std::size_t>(row)];
    if (shown.mark != mark || shown.counter != counter) {
        shown.mark = mark;
        shown.counter = counter;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

} // namespace Sidewire
