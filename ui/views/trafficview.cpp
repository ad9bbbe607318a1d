// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficview.h"

#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/filterbar.h"
#include "ui/views/lensheader.h"
#include "ui/views/messageview.h"
#include "ui/views/ribbons.h"
#include "ui/views/selectionpane.h"
#include "ui/views/trafficsearch.h"
#include "ui/widgets/searchbar.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr quint32 StateVersion = 2;

} // namespace

TrafficView::TrafficView(QWidget *parent)
    : QWidget(parent)
    , m_searchBar(new SearchBar(this))
    , m_search(new TrafficSearch(*m_searchBar, m_marks, this))
    , m_filterBar(new FilterBar(this))
    , m_bytes(new ByteView(this))
    , m_messages(new MessageView(this))
    , m_byteTitle(new QLabel(this))
    , m_lensHeader(new LensHeader(this))
    , m_columns(new RibbonSplitter(*m_bytes, *m_messages, this))
    , m_detail(new DetailView(this))
    , m_rows(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("trafficView"));
    m_columns->addWidget(buildBytePane());
    m_columns->addWidget(buildMessagePane());
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_detail);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 0);
    m_rows->setChildrenCollapsible(false);
    m_detail->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filterBar);
    column->addWidget(m_searchBar);
    column->addWidget(m_rows, 1);

    buildActions();
    buildMarks();
    for (LogScrollArea *view : {static_cast<LogScrollArea *>(m_bytes), static_cast<LogScrollArea *>(m_messages)}) {
        connect(view, &LogScrollArea::scrolled, m_columns, &RibbonSplitter::updateRibbons);
        connect(view, &LogScrollArea::scrolledByUser, this, [this, view] { onScrolledByUser(view); });
        connect(view, &LogScrollArea::resized, this, [this, view] {
            if (m_isFollowing) {
                view->scrollToEnd();
            }
        });
        connect(view, &LogScrollArea::endRequested, this, [this] { setFollowing(true); });
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
        view->addActions(m_copyActions);
        view->addAction(m_cutFromHere);
    }
    buildFilterActions();
    connectFilterBar();
    connect(m_bytes, &ByteView::selectionRequested, this, &TrafficView::onByteSelection);
    connect(m_messages, &MessageView::currentRequested, this, &TrafficView::onCurrentMessage);
    connect(&m_detail->selection(), &SelectionPane::factsFound, this, [this] { Q_EMIT selectionChanged(facts()); });
    connect(m_detail, &DetailView::markRequested, this, &TrafficView::onFieldMarked);
    connect(m_detail, &DetailView::bytesRequested, this, &TrafficView::onFieldBytes);
    m_bytes->setByteNames([this](BytePlace place) { return fieldsAt(place); });
    connect(m_lensHeader, &LensHeader::lensRequested, this, &TrafficView::lensRequested);
    connect(m_lensHeader, &LensHeader::pickerRequested, this, &TrafficView::lensPickerRequested);
    updateTitles();
}

QWidget *TrafficView::buildBytePane()
{
    auto *pane = new QWidget(this);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_byteTitle->setTextFormat(Qt::PlainText);
    m_byteTitle->setContentsMargins(ByteGrid::Margin, 0, 0, 0);
    m_byteTitle->setFixedHeight(m_lensHeader->sizeHint().height());
    column->addWidget(m_byteTitle);
    column->addWidget(m_bytes);
    return pane;
}

QWidget *TrafficView::buildMessagePane()
{
    auto *pane = new QWidget(this);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_lensHeader->setFixedHeight(m_byteTitle->height());
    column->addWidget(m_lensHeader);
    column->addWidget(m_messages);
    return pane;
}

void TrafficView::buildActions()
{
    const auto add = [this](CopyFormat format, const QString &text, const QString &name, const QKeySequence &keys) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, [this, format, name] { copy(format, name); });
        addAction(action);
        m_copyActions += action;
    };
    add(CopyFormat::Text, tr("Copy as &Text"), tr("text"), QKeySequence::Copy);
    add(CopyFormat::Hex, tr("Copy as &Hex"), tr("hex"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    add(CopyFormat::HexDump, tr("Copy as Hex &Dump"), tr("hex dump"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    add(CopyFormat::Base64, tr("Copy as &Base64"), tr("base64"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    add(CopyFormat::CArray, tr("Copy as C &Array"), tr("C array"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    m_copyActions.first()->setIcon(Theme::icon(Theme::Icon::Copy));

    m_cutFromHere = new QAction(tr("Cut from Here &with…"), this);
    m_cutFromHere->setObjectName(QStringLiteral("cutFromHere"));
    m_cutFromHere->setEnabled(false);
    connect(m_cutFromHere, &QAction::triggered, this, [this] {
        if (m_selection) {
            Q_EMIT cutFromHereRequested({m_selection->connection, m_selection->direction, m_selection->begin()});
        }
    });
}

void TrafficView::updateTitles()
{
    const bool isTls = m_log && m_log->header().isPlaintextOfTls;
    const qint64 connections = m_log ? m_log->connectionCount() : 0;
    const bool hasBegunTls =
        connections > 0 && m_log->connection(static_cast<ConnectionId>(connections - 1)).tls.isSecured;
    m_byteTitle->setText(isTls             ? tr("Bytes (TLS plaintext)")
                             : hasBegunTls ? tr("Bytes at the socket, then TLS plaintext")
                                           : tr("Bytes at the socket"));
}

void TrafficView::setRecentLenses(const QStringList &lenses)
{
    m_lensHeader->setRecent(lenses);
}

void TrafficView::setLog(std::shared_ptr<SessionLog> log)
{
    m_log = std::move(log);
    m_table = m_log ? m_log->messages() : nullptr;
    m_filter = {};
    m_startRecord = 0;
    m_seenMessages = 0;
    m_fieldFinder.forget();
    m_selection.reset(); // Of the other log: the parts tell of what they give up
    m_marks.setLog(m_log);
    m_bytes->setLog(m_log);
    m_messages->setLog(m_log);
    m_messages->setChoice({m_filter, m_filterBar->expression()});
    m_lensHeader->setLog(m_log);
    m_detail->setLog(m_log);
    setSelection({});
    m_search->setLog(m_log);
    updateTitles();
    setFollowing(true);
    if (m_log && !isEndKnown()) {
        m_bytes->scrollTo(m_bytes->firstLine());
        m_messages->scrollTo(m_messages->firstLine());
    }
}

void TrafficView::refresh()
{
    if (!m_log) {
        return;
    }
    m_marks.refresh();
    m_bytes->refresh();
    m_messages->refresh();
    m_lensHeader->refresh();
    if (const auto table = m_log->messages(); table != m_table) {
        m_table = table;
        m_seenMessages = std::min(m_seenMessages, m_messages->endNumber());
    }
    m_isMarkDue = m_isMarkDue || m_generation != m_messages->generation();
    m_generation = m_messages->generation();
    markCurrentMessage();
    if (m_isFollowing && isEndKnown()) {
        scrollToNewest();
    }
    updateNewMessages();
    m_filterBar->setProgress(m_messages->messageCount(), m_messages->examined(), m_messages->totalCount());
    if (m_isTitleDue) {
        showDetail();
    }
    m_search->refresh();
    m_detail->refresh();
    updateTitles();
    m_columns->updateRibbons();
}

void TrafficView::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    m_bytes->setTimeStyle(style);
    m_messages->setTimeStyle(style);
    m_detail->setTimeStyle(style);
}

void TrafficView::setDetailVisible(bool isVisible)
{
    m_isDetailChosen = true;
    if (isVisible && m_rows->sizes().value(1) == 0) {
        m_rows->setSizes({height() * 7 / 10, height() * 3 / 10});
    }
    m_detail->setVisible(isVisible);
    revealSelection();
}

void TrafficView::showTimeline()
{
    setDetailVisible(true);
    m_detail->setCurrentTab(DetailView::TimelineTab);
    m_detail->focusCurrentTab();
}

void TrafficView::showBestDetail()
{
    setDetailVisible(true);
    m_detail->setCurrentTab(DetailView::WhatFitsBest);
}

void TrafficView::showSelectionFacts()
{
    setDetailVisible(true);
    m_detail->setCurrentTab(DetailView::SelectionTab);
    m_detail->focusCurrentTab();
}

void TrafficView::showConnection()
{
    setDetailVisible(true);
    if (const QList<int> sizes = m_rows->sizes(); sizes.value(1) < sizes.value(0)) {
        const int all = sizes.value(0) + sizes.value(1);
        m_rows->setSizes({all / 2, all - all / 2}); // There is much to read
    }
    m_detail->setCurrentTab(DetailView::ConnectionTab);
    m_detail->focusCurrentTab();
}

QString TrafficView::filterError() const
{
    const QString error = m_messages->filterError();
    return error.isEmpty() ? m_bytes->filterError() : error;
}

bool TrafficView::isDetailVisible() const
{
    return !m_detail->isHidden();
}

void TrafficView::focusMessages()
{
    m_messages->setFocus(Qt::OtherFocusReason);
}

void TrafficView::setStacked(bool isStacked)
{
    m_columns->setStacked(isStacked);
    revealSelection();
}

QByteArray TrafficView::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << StateVersion << m_columns->sizes() << m_rows->sizes() << isDetailVisible()
           << static_cast<qint32>(m_timeStyle);
    return state;
}

bool TrafficView::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    QList<int> columns;
    QList<int> rows;
    bool isDetailShown = false;
    qint32 timeStyle = 0;
    stream >> version >> columns >> rows >> isDetailShown >> timeStyle;
    const bool isSane = stream.status() == QDataStream::Ok && version == StateVersion && columns.size() == 2
        && rows.size() == 2 && timeStyle >= 0 && timeStyle <= static_cast<qint32>(TimeStyle::Delta);
    if (!isSane) {
        return false;
    }
    m_columns->setSizes(columns);
    setDetailVisible(isDetailShown);
    m_rows->setSizes(rows);
    setTimeStyle(static_cast<TimeStyle>(timeStyle));
    return true;
}

void TrafficView::showEvent(QShowEvent *event)
{
    if (!m_isDetailChosen) {
        constexpr int RoomyHeight = 800;
        setDetailVisible(window()->height() >= RoomyHeight);
    }
    QWidget::showEvent(event);
}

} // namespace Sidewire
