// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionview.h"

#include "core/base/clock.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSet>

namespace Sidewire {

namespace {

enum Column { NameColumn, ValueColumn, RemarkColumn, ColumnCount };
constexpr int NameWidth = 32; // average characters
constexpr int ValueWidth = 70; // a fingerprint and some room

} // namespace

ConnectionView::ConnectionView(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("connectionView"));
    setAccessibleName(tr("Facts of the connection"));
    setColumnCount(ColumnCount);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(true);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    header()->resizeSection(NameColumn, fontMetrics().averageCharWidth() * NameWidth);
    header()->resizeSection(ValueColumn, fontMetrics().averageCharWidth() * ValueWidth);

    auto *copy = new QAction(Theme::icon(Theme::Icon::Copy), tr("Copy the &value\tCtrl+C"), this);
    connect(copy, &QAction::triggered, this, &ConnectionView::copyRow);
    auto *all = new QAction(tr("Copy &everything as text"), this);
    connect(all, &QAction::triggered, this, &ConnectionView::copyAll);
    addActions({copy, all});
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ConnectionView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_connection.reset();
    refresh();
}

void ConnectionView::setConnection(std::optional<ConnectionId> connection)
{
    if (connection != m_connection) {
        m_connection = connection;
        refresh();
    }
}

void ConnectionView::refresh()
{
    if (!isVisible()) {
        return;
    }
    const qint64 count = m_log ? m_log->connectionCount() : 0;
    if (count == 0) {
        setGroups({});
        return;
    }
    const auto newest = static_cast<ConnectionId>(count - 1);
    setGroups(
        ConnectionSheet::groups(m_log->connection(m_connection.value_or(newest)), m_log->session(), Clock::now()));
}

bool ConnectionView::event(QEvent *event)
{
    // The views beside it copy messages with the same key.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTreeWidget::event(event);
}

void ConnectionView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRow();
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

void ConnectionView::showEvent(QShowEvent *event)
{
    QTreeWidget::showEvent(event);
    refresh();
}

void ConnectionView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        const QList<FactGroup> groups = std::exchange(m_groups, {});
        setGroups(groups);
    }
    QTreeWidget::changeEvent(event);
}

void ConnectionView::setGroups(const QList<FactGroup> &groups)
{
    if (groups == m_groups) {
        return;
    }
    QSet<QString> folded;
    for (int index = 0; index < topLevelItemCount(); ++index) {
        if (!topLevelItem(index)->isExpanded()) {
            folded.insert(topLevelItem(index)->text(NameColumn));
        }
    }
    const QModelIndex old = currentIndex();
    const int group = old.parent().isValid() ? old.parent().row() : old.row();
    const int row = old.parent().isValid() ? old.row() : -1;
    const int scrolled = verticalScrollBar()->value();

    m_groups = groups;
    clear();
    for (const FactGroup &shown : groups) {
        auto *title = new QTreeWidgetItem(this, {shown.title});
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        title->setFont(NameColumn, bold);
        title->setFirstColumnSpanned(true);
        for (const FactRow &fact : shown.rows) {
            auto *item = new QTreeWidgetItem(title, {fact.name, fact.value, fact.remark});
            item->setForeground(NameColumn, Theme::color(Theme::Tone::Muted));
            item->setForeground(ValueColumn, Theme::color(fact.tone));
            item->setForeground(RemarkColumn, Theme::color(Theme::Tone::Muted));
        }
        title->setExpanded(!folded.contains(shown.title));
    }
    if (QTreeWidgetItem *title = topLevelItem(group)) {
        setCurrentItem(row < 0 || !title->child(row) ? title : title->child(row));
    }
    verticalScrollBar()->setValue(scrolled);
}

void ConnectionView::copyRow()
{
    if (const QTreeWidgetItem *item = currentItem()) {
        QGuiApplication::clipboard()->setText(item->text(item->parent() ? ValueColumn : NameColumn));
    }
}

void ConnectionView::copyAll()
{
    QGuiApplication::clipboard()->setText(ConnectionSheet::toText(m_groups));
}

} // namespace Sidewire
