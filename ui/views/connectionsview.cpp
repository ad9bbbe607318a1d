// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionsview.h"

#include "ui/models/connectionsmodel.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int RowPadding = 4;
constexpr int MarkSize = 14;

/// The number with the colour of its lane.
class NumberDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem text = option;
        text.rect.adjust(Theme::LaneWidth, 0, 0, 0);
        QStyledItemDelegate::paint(painter, text, index);
        const auto number = index.data(ConnectionsModel::NumberRole).toUInt();
        painter->fillRect(QRect(option.rect.topLeft(), QSize(Theme::LaneWidth, option.rect.height())),
                          Theme::connectionColor(number));
    }
};

} // namespace

ConnectionsView::ConnectionsView(ConnectionsModel &model, Kind kind, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("connectionsView"));
    setModel(&model);
    setItemDelegateForColumn(ConnectionsModel::Number, new NumberDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setIconSize({MarkSize, MarkSize});
    setVerticalScrollMode(ScrollPerItem); // The bar counts rows
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + RowPadding);
    setColumns(kind);
    setSortingEnabled(true);
    sortByColumn(ConnectionsModel::Number, Qt::AscendingOrder);

    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, &ConnectionsView::keepPlace);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &ConnectionsView::comeBack);
    connect(this, &QAbstractItemView::doubleClicked, this, &ConnectionsView::sendToRequested);
}

void ConnectionsView::setColumns(Kind kind)
{
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 4);
    const auto widest = [this](const QString &text) {
        return fontMetrics().horizontalAdvance(text) + 4 * RowPadding;
    };
    setColumnWidth(ConnectionsModel::Number, widest(QStringLiteral("#10000")) + Theme::LaneWidth);
    setColumnWidth(ConnectionsModel::State, widest(QStringLiteral("FIN received, paused")) + MarkSize);
    setColumnWidth(ConnectionsModel::Peer, widest(QStringLiteral("255.255.255.255:65535")));
    setColumnWidth(ConnectionsModel::Age, widest(QStringLiteral("00:00:00")));
    for (const int column : {ConnectionsModel::BytesIn, ConnectionsModel::BytesOut, ConnectionsModel::MessagesIn,
                             ConnectionsModel::MessagesOut, ConnectionsModel::Violations, ConnectionsModel::Matches}) {
        setColumnWidth(column, widest(QStringLiteral("violations  ")));
    }
    setColumnWidth(ConnectionsModel::Local, widest(QStringLiteral("255.255.255.255:65535")));
    setColumnWidth(ConnectionsModel::Interface, widest(QStringLiteral("interface  ")));
    setColumnHidden(ConnectionsModel::Path, kind != Kind::WebSocket);
    setColumnHidden(ConnectionsModel::Local, kind != Kind::Udp);
    setColumnHidden(ConnectionsModel::Interface, kind != Kind::Udp);
    setColumnHidden(ConnectionsModel::Violations, kind == Kind::Udp);
    setColumnHidden(ConnectionsModel::Matches, true);
    header->setSectionResizeMode(kind == Kind::WebSocket ? ConnectionsModel::Path : ConnectionsModel::Peer,
                                 QHeaderView::Stretch);
}

void ConnectionsView::showMatches()
{
    const bool isWanted = m_model.hasMatches();
    if (isWanted != isColumnHidden(ConnectionsModel::Matches)) {
        return;
    }
    setColumnHidden(ConnectionsModel::Matches, !isWanted);
    if (!isWanted && horizontalHeader()->sortIndicatorSection() == ConnectionsModel::Matches) {
        sortByColumn(ConnectionsModel::Number, Qt::AscendingOrder); // What is not seen orders nothing
    }
}

int ConnectionsView::visibleRows() const
{
    return viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize());
}

void ConnectionsView::keepPlace()
{
    const int below = currentIndex().isValid() ? currentIndex().row() - verticalScrollBar()->value() : -1;
    m_place = below >= 0 && below < visibleRows() ? std::optional(below) : std::nullopt;
}

void ConnectionsView::comeBack()
{
    if (m_place && currentIndex().isValid()) {
        verticalScrollBar()->setValue(currentIndex().row() - *m_place);
    }
}

bool ConnectionsView::hasRunningAges() const
{
    const int first = verticalScrollBar()->value();
    const int end = std::min(m_model.rowCount(), first + visibleRows() + 1);
    for (int row = first; row < end; ++row) {
        if (!m_model.at(row).isOver()) {
            return true;
        }
    }
    return false;
}

void ConnectionsView::updateAges()
{
    const int x = columnViewportPosition(ConnectionsModel::Age);
    viewport()->update(x, 0, columnWidth(ConnectionsModel::Age), viewport()->height());
}

QSize ConnectionsView::sizeHint() const
{
    constexpr int Rows = 7; // The bar of those that wait takes one or two
    return {QTableView::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + Rows * verticalHeader()->defaultSectionSize()};
}

QSize ConnectionsView::minimumSizeHint() const
{
    constexpr int Rows = 2;
    return {QTableView::minimumSizeHint().width(),
            horizontalHeader()->sizeHint().height() + Rows * verticalHeader()->defaultSectionSize()};
}

void ConnectionsView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    m_selected.clear();
    for (const QModelIndex &index : selectionModel()->selectedRows()) {
        m_selected.push_back(m_model.at(index.row()).id);
    }
    std::sort(m_selected.begin(), m_selected.end());
    Q_EMIT selectedChanged();
}

void ConnectionsView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT sendToRequested();
        return;
    case Qt::Key_Delete:
        Q_EMIT closeRequested();
        return;
    case Qt::Key_Escape:
        clearSelection();
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

} // namespace Sidewire
