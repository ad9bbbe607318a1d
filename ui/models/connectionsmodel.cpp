// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionsmodel.h"

#include "ui/models/connectiontext.h"
#include "ui/models/units.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QIcon>

#include <algorithm>
#include <array>
#include <cstring>

namespace Sidewire {

namespace {

constexpr qsizetype MaxRowsAFrame = 2000; // Copied in less than a millisecond
constexpr std::chrono::milliseconds SortPause{1000};

template<typename T>
int compare(const T &one, const T &other)
{
    return one < other ? -1 : other < one ? 1 : 0;
}

int compareEndpoints(const Endpoint &one, const Endpoint &other)
{
    // An IPv4 address is a mapped one here, so that families stay together.
    const Q_IPV6ADDR left = one.address.toIPv6Address();
    const Q_IPV6ADDR right = other.address.toIPv6Address();
    const int byAddress = std::memcmp(left.c, right.c, sizeof left.c);
    return byAddress != 0 ? byAddress : compare(one.port, other.port);
}

/// What needs somebody first, then what is alive, then what is gone.
int rankOf(const ConnectionRow &row)
{
    return row.isUpgradeWaiting && !row.isOver() ? -2
        : row.isPaused && !row.isOver()          ? -1
                                                 : static_cast<int>(row.state);
}

} // namespace

ConnectionsModel::ConnectionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_sortPause.setSingleShot(true);
    m_sortPause.setInterval(SortPause);
    connect(&m_sortPause, &QTimer::timeout, this, [this] {
        if (m_isSortDue) {
            sortSoon();
        }
    });
}

void ConnectionsModel::setLog(std::shared_ptr<const SessionLog> log)
{
    Q_ASSERT(!m_log || m_log == log);
    m_log = std::move(log);
}

void ConnectionsModel::refresh()
{
    if (!m_log) {
        return;
    }
    const ConnectionChanges changes = m_log->connectionsChangedSince(m_seen, MaxRowsAFrame);
    if (changes.hasMore) {
        m_log->ringDoorbell(); // For the rest, in the next frame
    }
    if (changes.rows.empty()) {
        return;
    }
    m_seen = changes.generation;
    ++m_generation;
    std::size_t count = m_connections.size();
    for (const ConnectionRow &row : changes.rows) {
        count = std::max(count, toNumber(row.id) + std::size_t(1));
    }
    append(count);
    int first = rowCount();
    int last = -1;
    for (const ConnectionRow &row : changes.rows) {
        take(row);
        first = std::min(first, m_rows[toNumber(row.id)]);
        last = std::max(last, m_rows[toNumber(row.id)]);
    }
    Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
    if (m_sortColumn != Number || m_sortOrder != Qt::AscendingOrder) {
        sortSoon();
    }
}

void ConnectionsModel::setMatches(std::optional<MatchCounts> matches)
{
    const bool isSame =
        m_matches.has_value() == matches.has_value() && (!matches || m_matches->byConnection == matches->byConnection);
    if (isSame) {
        return;
    }
    m_matches = std::move(matches);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, Matches), index(rowCount() - 1, Matches));
    }
    if (m_sortColumn == Matches) {
        sortSoon();
    }
}

void ConnectionsModel::append(std::size_t count)
{
    const std::size_t before = m_connections.size();
    if (count == before) {
        return;
    }
    beginInsertRows({}, static_cast<int>(before), static_cast<int>(count) - 1);
    m_connections.resize(count);
    for (std::size_t number = before; number < count; ++number) {
        // Ones before a later one that was seen first come with the next frame.
        m_connections[number].id = ConnectionId(static_cast<quint32>(number));
        m_order.push_back(static_cast<quint32>(number));
        m_rows.push_back(static_cast<int>(number));
        ++m_open;
    }
    endInsertRows();
}

void ConnectionsModel::take(const ConnectionRow &row)
{
    ConnectionRow &known = m_connections[toNumber(row.id)];
    m_open += int(known.isOver()) - int(row.isOver());
    known = row;
    if (row.isUpgradeWaiting && !row.isOver()) {
        m_waiting.insert(row.id);
    } else {
        m_waiting.erase(row.id);
    }
}

const ConnectionRow *ConnectionsModel::find(ConnectionId id) const
{
    return toNumber(id) < m_connections.size() ? &m_connections[toNumber(id)] : nullptr;
}

int ConnectionsModel::rowOf(ConnectionId id) const
{
    return toNumber(id) < m_rows.size() ? m_rows[toNumber(id)] : -1;
}

std::vector<ConnectionId> ConnectionsModel::openOnes() const
{
    std::vector<ConnectionId> open;
    for (const ConnectionRow &row : m_connections) {
        if (!row.isOver()) {
            open.push_back(row.id);
        }
    }
    return open;
}

int ConnectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ConnectionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ConnectionRow &row = at(index.row());
    const int column = index.column();
    const bool isWaiting = row.isUpgradeWaiting && !row.isOver();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column);
    case Qt::DecorationRole:
        return column == State ? QVariant(Theme::icon(ConnectionText::stateIcon(row))) : QVariant();
    case Qt::ForegroundRole:
        if (column == State) {
            return Theme::color(ConnectionText::stateTone(row));
        }
        if (column == Violations && row.violations > 0) {
            return Theme::color(Theme::Tone::Violation);
        }
        return row.isOver() ? QVariant(Theme::color(Theme::Tone::Muted)) : QVariant();
    case Qt::BackgroundRole:
        return isWaiting ? QVariant(Theme::color(Theme::Tone::Selection)) : QVariant();
    case Qt::FontRole: {
        QFont bold;
        bold.setBold(true);
        return isWaiting ? QVariant(bold) : QVariant();
    }
    case Qt::TextAlignmentRole: {
        const bool isNumeric = column >= Age && column <= Matches;
        return QVariant((isNumeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
        // What a peer sent may look like HTML, and tool tips guess.
        return isWaiting ? QVariant(QStringLiteral("<p>%1</p>").arg(ConnectionText::upgrade(row).toHtmlEscaped()))
                         : QVariant();
    case NumberRole:
        return toNumber(row.id);
    default:
        return {};
    }
}

QString ConnectionsModel::textOf(const ConnectionRow &row, int column) const
{
    switch (column) {
    case Number:
        return QStringLiteral("#%1").arg(toNumber(row.id));
    case State:
        return ConnectionText::state(row);
    case Peer:
        return row.peer.toString();
    case Age:
        return row.openedAt == 0 ? QString() : Units::clock(ageOf(row));
    case BytesIn:
        return Units::bytes(row.bytes[indexOf(Direction::In)]);
    case BytesOut:
        return Units::bytes(row.bytes[indexOf(Direction::Out)]);
    case MessagesIn:
        return QString::number(row.messages[indexOf(Direction::In)]);
    case MessagesOut:
        return QString::number(row.messages[indexOf(Direction::Out)]);
    case Violations:
        return QString::number(row.violations);
    case Matches:
        return m_matches ? QString::number(matchesOf(row)) : QString();
    case Path:
        return row.isUpgradeWaiting ? ConnectionText::upgrade(row) : row.path;
    case Local:
        return row.local.toString();
    case Interface:
        return row.interface;
    default:
        return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumeric = section >= Age && section <= Matches;
        return QVariant((isNumeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const std::array<QString, ColumnCount> titles{tr("no."),
                                                  tr("state"),
                                                  tr("peer"),
                                                  tr("age"),
                                                  tr("bytes in"),
                                                  tr("bytes out"),
                                                  tr("msgs in", "messages"),
                                                  tr("msgs out", "messages"),
                                                  tr("violations"),
                                                  tr("matches", "messages that the filter lets through"),
                                                  tr("path"),
                                                  tr("sent to", "our address, a group or a broadcast address"),
                                                  tr("interface")};
    return titles[static_cast<std::size_t>(section)];
}

void ConnectionsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < 0 ? int(Number) : column; // A view may ask for no order at all
    m_sortOrder = order;
    sortNow();
}

void ConnectionsModel::sortSoon()
{
    m_isSortDue = m_sortPause.isActive();
    if (!m_isSortDue) {
        sortNow();
        m_sortPause.start();
    }
}

void ConnectionsModel::sortNow()
{
    std::vector<quint32> order = m_order;
    std::sort(order.begin(), order.end(),
              [this](quint32 one, quint32 other) { return isBefore(m_connections[one], m_connections[other]); });
    if (order == m_order) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<quint32> numbers;
    for (const QModelIndex &index : before) {
        numbers.push_back(m_order[static_cast<std::size_t>(index.row())]);
    }
    m_order = std::move(order);
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        m_rows[m_order[row]] = static_cast<int>(row);
    }
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        after += index(m_rows[numbers[static_cast<std::size_t>(i)]], before[i].column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

bool ConnectionsModel::isBefore(const ConnectionRow &one, const ConnectionRow &other) const
{
    constexpr std::size_t In = indexOf(Direction::In);
    constexpr std::size_t Out = indexOf(Direction::Out);
    const auto order = [&] {
        switch (m_sortColumn) {
        case State:
            return compare(rankOf(one), rankOf(other));
        case Peer:
            return compareEndpoints(one.peer, other.peer);
        case Age:
            return compare(ageOf(one), ageOf(other));
        case BytesIn:
            return compare(one.bytes[In], other.bytes[In]);
        case BytesOut:
            return compare(one.bytes[Out], other.bytes[Out]);
        case MessagesIn:
            return compare(one.messages[In], other.messages[In]);
        case MessagesOut:
            return compare(one.messages[Out], other.messages[Out]);
        case Violations:
            return compare(one.violations, other.violations);
        case Matches:
            return compare(matchesOf(one), matchesOf(other));
        case Path:
            return compare(one.path, other.path);
        case Local:
            return compareEndpoints(one.local, other.local);
        case Interface:
            return compare(one.interface, other.interface);
        default:
            return compare(one.id, other.id);
        }
    }();
    if (order != 0) {
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    }
    return one.id < other.id;
}

qint64 ConnectionsModel::ageOf(const ConnectionRow &row) const
{
    return std::max<qint64>(0, (row.closedAt > 0 ? row.closedAt : m_now) - row.openedAt);
}

} // namespace Sidewire
