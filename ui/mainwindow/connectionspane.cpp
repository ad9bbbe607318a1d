// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionspane.h"

#include "core/base/clock.h"
#include "ui/models/connectiontext.h"
#include "ui/models/sessionitem.h"
#include "ui/settings/keys.h"
#include "ui/views/connectionsview.h"
#include "ui/widgets/groupsbar.h"
#include "ui/widgets/labeltone.h"
#include "ui/widgets/waitingbar.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int ClockMilliseconds = 1000;

ConnectionsView::Kind kindOf(const SessionSpec &spec)
{
    return spec.isWebSocket() ? ConnectionsView::Kind::WebSocket
        : spec.isUdp()        ? ConnectionsView::Kind::Udp
                              : ConnectionsView::Kind::Tcp;
}

} // namespace

ConnectionsPane::ConnectionsPane(SessionItem &item, Engine &engine, QSettings &settings, QSplitter &splitter)
    : QWidget(&splitter)
    , m_item(item)
    , m_engine(engine)
    , m_settings(settings)
    , m_splitter(splitter)
    , m_view(new ConnectionsView(m_model, kindOf(item.spec()), this))
    , m_fold(new QToolButton(this))
    , m_counts(new QLabel(this))
    , m_shown(new QLabel(this))
    , m_waiting(new WaitingBar(this))
    , m_groups(new GroupsBar(this))
{
    setObjectName(QStringLiteral("connectionsPane"));
    buildActions();
    m_view->setAccessibleName(title());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildTitle());
    layout->addWidget(m_waiting);
    layout->addWidget(m_groups);
    layout->addWidget(m_view, 1);
    m_groups->setVisible(item.spec().isUdp());
    connectTable();
    m_clock.setSingleShot(true);
    m_clock.setInterval(ClockMilliseconds);
    connect(&m_clock, &QTimer::timeout, this, &ConnectionsPane::onClock);
    setFolded(Settings::ConnectionsFolded.read(settings));
    hide();
    onSelected();
}

QWidget *ConnectionsPane::buildTitle()
{
    auto *bar = new QWidget(this);
    m_fold->setObjectName(QStringLiteral("foldConnections"));
    m_fold->setAutoRaise(true);
    m_fold->setText(title());
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setToolTip(tr("Show or hide the table (F9)"));
    m_counts->setObjectName(QStringLiteral("connectionCounts"));
    m_shown->setObjectName(QStringLiteral("connectionsShown"));
    for (QLabel *label : {m_counts, m_shown}) {
        label->setTextFormat(Qt::PlainText);
    }
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(4, 1, 6, 1);
    row->setSpacing(2);
    row->addWidget(m_fold);
    row->addWidget(m_counts);
    row->addSpacing(10);
    row->addWidget(m_shown);
    row->addStretch();
    for (QAction *action : {m_showEvery, m_showOnly, m_sendTo, m_pause, m_reset, m_close, m_closeAll}) {
        auto *button = new QToolButton(bar);
        button->setObjectName(action->property("name").toString());
        button->setAutoRaise(true);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isVisible()); });
        row->addWidget(button);
    }
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!isFolded()); });
    return bar;
}

void ConnectionsPane::refresh(const SessionFacts &facts)
{
    m_model.setLog(m_item.log());
    if (m_isRunning != facts.isRunning) {
        m_isRunning = facts.isRunning;
        m_countedAt = -1;
    }
    // The ages of an opened log end with it.
    const std::array<qint64, DirectionCount> &last = facts.totals.lastTimes;
    m_model.setNow(facts.isRunning ? facts.now : std::max({last[0], last[1], facts.newest.openedAt}));
    m_model.refresh();
    if (isHidden() && (facts.isListener() || m_model.rowCount() > 1)) {
        show();
        restoreHeight();
    }
    countSelected();
    updateTitle();
    updateWaiting();
    m_groups->setGroups(facts.session.groups);
    m_groups->setChangeable(facts.isRunning);
    if (isVisible() && m_isRunning && !m_clock.isActive() && m_view->hasRunningAges()) {
        m_clock.start();
    }
}

void ConnectionsPane::setMatches(std::optional<MatchCounts> matches)
{
    m_model.setMatches(std::move(matches));
    m_view->showMatches();
}

void ConnectionsPane::onClock()
{
    if (!isVisible() || isFolded()) {
        return; // refresh() starts it again
    }
    m_model.setNow(Clock::now());
    m_view->updateAges();
    if (m_isRunning && m_view->hasRunningAges()) {
        m_clock.start();
    }
}

void ConnectionsPane::connectTable()
{
    connect(m_view, &ConnectionsView::selectedChanged, this, &ConnectionsPane::onSelected);
    connect(m_view, &ConnectionsView::sendToRequested, m_sendTo, &QAction::trigger);
    connect(m_view, &ConnectionsView::closeRequested, m_close, &QAction::trigger);
    connect(m_view, &ConnectionsView::copyRequested, this, &ConnectionsPane::copyEndpoints);
    connect(m_waiting, &WaitingBar::answered, this, [this](int status) {
        if (!m_model.waiting().empty()) {
            answer(*m_model.waiting().begin(), status);
        }
    });
    connect(m_groups, &GroupsBar::joinRequested, this, &ConnectionsPane::joinGroup);
    connect(m_groups, &GroupsBar::leaveRequested, this, [this](const GroupMembership &group) {
        m_engine.leaveGroup(*m_item.id(), {QHostAddress(group.group), group.interface});
    });
    connect(&m_splitter, &QSplitter::splitterMoved, this, [this] {
        if (!isFolded()) {
            Settings::ConnectionsHeight.write(m_settings, height());
        }
    });
}

const std::vector<ConnectionId> &ConnectionsPane::selected() const
{
    return m_view->selected();
}

bool ConnectionsPane::isFolded() const
{
    return m_view->isHidden();
}

void ConnectionsPane::setFolded(bool isFolded)
{
    m_view->setVisible(!isFolded);
    m_fold->setArrowType(isFolded ? Qt::RightArrow : Qt::DownArrow);
    setSizePolicy(QSizePolicy::Preferred, isFolded ? QSizePolicy::Fixed : QSizePolicy::Preferred);
    setMaximumHeight(isFolded ? minimumSizeHint().height() : QWIDGETSIZE_MAX);
    Settings::ConnectionsFolded.write(m_settings, isFolded);
    if (!isFolded) {
        restoreHeight();
    }
}

void ConnectionsPane::restoreHeight()
{
    const int kept = Settings::ConnectionsHeight.read(m_settings);
    const int height = kept > 0 ? kept : sizeHint().height();
    m_splitter.setSizes({height, std::max(1, m_splitter.height() - height)});
}

void ConnectionsPane::focusTable()
{
    setFolded(false);
    m_view->setFocus(Qt::ShortcutFocusReason);
    if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0) {
        m_view->setCurrentIndex(m_model.index(0, 0));
    }
}

void ConnectionsPane::setFilter(const ConnectionFilter &filter)
{
    m_filter = filter;
    updateTitle();
    Q_EMIT filterChanged(filter);
}

void ConnectionsPane::showOnlySelected()
{
    if (!selected().empty()) {
        setFilter(ConnectionFilter(selected()));
    }
}

void ConnectionsPane::showEvery()
{
    setFilter({});
}

void ConnectionsPane::updateTitle()
{
    const qint64 all = m_model.rowCount();
    const qint64 gone = all - m_model.openCount();
    QString counts = m_item.spec().isUdp() ? tr("%1 known").arg(all) : tr("%1 open").arg(m_model.openCount());
    if (gone > 0) {
        counts += tr(", %1 gone").arg(gone);
    }
    m_counts->setText(counts);
    //: What of the connections is filtered; %1 and %2 are numbers, %3 is "clients" or "peers"
    m_shown->setText(m_filter.isAll() ? QString()
                                      : tr("showing %1 of %2 %3").arg(m_filter.count()).arg(all).arg(noun(all)));
    m_shown->setVisible(!m_filter.isAll());
    setTone(m_counts, Theme::Tone::Muted);
    setTone(m_shown, Theme::Tone::Warning);
    m_showEvery->setVisible(!m_filter.isAll());
}

QString ConnectionsPane::noun(qint64 count) const
{
    const bool isOne = count == 1;
    return m_item.spec().isUdp()               ? (isOne ? tr("peer") : tr("peers"))
        : m_item.spec().role == Role::Listener ? (isOne ? tr("client") : tr("clients"))
                                               : (isOne ? tr("connection") : tr("connections"));
}

QString ConnectionsPane::title() const
{
    return m_item.spec().isUdp()               ? tr("Peers")
        : m_item.spec().role == Role::Listener ? tr("Clients")
                                               : tr("Connections");
}

bool ConnectionsPane::hasReceivers() const
{
    return m_item.id() && (m_item.spec().isUdp() || m_item.spec().role == Role::Listener);
}

void ConnectionsPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateTitle();
    }
    QWidget::changeEvent(event);
}

void ConnectionsPane::updateWaiting()
{
    const std::set<ConnectionId> &waiting = m_model.waiting();
    if (waiting.empty() || !m_isRunning) {
        m_waiting->setRequest({}, 0);
        return;
    }
    const ConnectionRow &row = *m_model.find(*waiting.begin());
    //: A WebSocket client waits for an answer: "#3 127.0.0.1:50214" asks for "/chat, origin https://here"
    m_waiting->setRequest(tr("%1 asks for %2").arg(ConnectionText::name(row), ConnectionText::upgrade(row)),
                          static_cast<qint64>(waiting.size()) - 1);
}

} // namespace Sidewire
