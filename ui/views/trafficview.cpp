// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficview.h"

#include "core/index/messagereader.h"
#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/lensheader.h"
#include "ui/views/messagefields.h"
#include "ui/views/messageview.h"
#include "ui/views/ribbons.h"

#include <QAction>
#include <QClipboard>
#include <QDataStream>
#include <QFuture>
#include <QGuiApplication>
#include <QIODevice>
#include <QLabel>
#include <QPromise>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr quint32 StateVersion = 1;
constexpr qint64 MaxSavedPayload = 1024 * 1024;
constexpr qint64 MaxFragmentedBytes = 1024 * 1024; // How far the frames of one message are looked at for its selection

} // namespace

TrafficView::TrafficView(QWidget *parent)
    : QWidget(parent)
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
    column->addWidget(m_rows);

    buildActions();
    for (LogScrollArea *view : {static_cast<LogScrollArea *>(m_bytes), static_cast<LogScrollArea *>(m_messages)}) {
        connect(view, &LogScrollArea::scrolled, m_columns, &RibbonSplitter::updateRibbons);
        connect(view, &LogScrollArea::scrolledByUser, this, [this, view] { onScrolledByUser(view); });
        connect(view, &LogScrollArea::endRequested, this, [this] { setFollowing(true); });
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
        view->addActions(m_copyActions);
    }
    connect(m_bytes, &ByteView::selectionRequested, this, &TrafficView::onByteSelection);
    connect(m_messages, &MessageView::currentRequested, this, &TrafficView::onCurrentMessage);
    connect(m_lensHeader, &LensHeader::lensRequested, this, &TrafficView::lensRequested);
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
}

void TrafficView::updateTitles()
{
    const bool isTls = m_log && m_log->header().isPlaintextOfTls;
    m_byteTitle->setText(isTls ? tr("Bytes (TLS plaintext)") : tr("Bytes at the socket"));
}

void TrafficView::setLog(std::shared_ptr<SessionLog> log)
{
    m_log = std::move(log);
    m_table = m_log ? m_log->messages() : nullptr;
    m_startRecord = 0;
    m_seenMessages = 0;
    m_bytes->setLog(m_log);
    m_messages->setLog(m_log);
    m_lensHeader->setLog(m_log);
    m_detail->setLog(m_log);
    setSelection({});
    updateTitles();
    setFollowing(true);
}

void TrafficView::refresh()
{
    if (!m_log) {
        return;
    }
    m_bytes->refresh();
    m_messages->refresh();
    m_lensHeader->refresh();
    if (const auto table = m_log->messages(); table != m_table) {
        m_table = table;
        m_seenMessages = std::min(m_seenMessages, m_messages->messageCount());
        if (m_selection) {
            m_messages->setCurrent(m_messages->rowOf({m_selection->firstRecord, m_selection->begin()}));
            showDetail();
        }
    }
    if (m_isFollowing) {
        scrollToNewest();
    }
    updateNewMessages();
    m_detail->refresh();
    m_columns->updateRibbons();
}

void TrafficView::scrollToNewest()
{
    m_bytes->scrollToEnd();
    m_messages->scrollToEnd();
}

void TrafficView::startHere()
{
    if (m_log) {
        m_startRecord = m_log->records().count();
        m_bytes->setFirstRecord(m_startRecord);
        m_messages->setFirstRecord(m_startRecord);
    }
}

void TrafficView::showAll()
{
    m_startRecord = 0;
    m_bytes->setFirstRecord(0);
    m_messages->setFirstRecord(0);
    if (m_isFollowing) {
        scrollToNewest();
    }
}

qint64 TrafficView::newMessages() const
{
    return m_newMessages;
}

void TrafficView::updateNewMessages()
{
    const qint64 count = m_isFollowing ? 0 : std::max<qint64>(0, m_messages->messageCount() - m_seenMessages);
    if (count != m_newMessages) {
        m_newMessages = count;
        Q_EMIT newMessagesChanged(count);
    }
}

void TrafficView::setFollowing(bool isFollowing)
{
    if (!isFollowing && m_isFollowing) {
        m_seenMessages = m_messages->messageCount();
    }
    const bool isOther = isFollowing != m_isFollowing;
    m_isFollowing = isFollowing;
    if (isFollowing) {
        scrollToNewest();
    }
    updateNewMessages();
    if (isOther) {
        Q_EMIT followingChanged(isFollowing);
    }
}

void TrafficView::onScrolledByUser(LogScrollArea *leader)
{
    setFollowing(leader->isAtEnd());
    if (!m_isFollowing) {
        alignFollower(leader);
    }
}

void TrafficView::alignFollower(const LogScrollArea *leader)
{
    // The line that is as far down the page as the page is down the log: the ends of both views meet, and in between
    // the same byte stands at the same height.
    const qint64 range = leader->maximumTopLine() - leader->firstLine();
    if (range <= 0 || !m_table) {
        return;
    }
    LogScrollArea *follower = leader == m_bytes ? static_cast<LogScrollArea *>(m_messages) : m_bytes;
    if (leader->topLine() == leader->firstLine()) {
        follower->scrollTo(follower->firstLine());
        return;
    }
    const double part = static_cast<double>(leader->topLine() - leader->firstLine()) / static_cast<double>(range);
    const auto down = [part](const LogScrollArea *view) {
        return static_cast<qint64>(part * (view->visibleLines() - 1));
    };
    const qint64 line = leader->topLine() + down(leader);
    if (leader == m_bytes) {
        const qint64 row = m_messages->rowOf(m_bytes->placeOfLine(line));
        follower->scrollTo(row - down(follower));
    } else if (const std::optional<Message> message = m_messages->messageAt(line)) {
        follower->scrollTo(m_bytes->lineOf({message->firstRecord, message->begin}) - down(follower));
    }
}

TrafficSelection TrafficView::selectionOf(const Message &message) const
{
    TrafficSelection selection{
        message.connection, message.direction, {message.span()}, message.firstRecord, message.lastRecord};
    if (message.has(MessageFlag::Fragmented)) {
        const auto wire = MessageReader(*m_log).wire(message, MaxFragmentedBytes, MessageReader::Wait::No);
        if (wire) {
            selection.spans = spansOf(message, framesOf(message, *wire, FrameDecoder::Sender::Client));
        }
    }
    return selection;
}

void TrafficView::onCurrentMessage(qint64 row)
{
    const std::optional<Message> message = m_messages->messageAt(row);
    if (!message) {
        setSelection({});
        return;
    }
    setFollowing(false);
    m_used = m_messages;
    m_messages->setCurrent(row);
    setSelection(selectionOf(*message));
    m_bytes->setCursor({message->firstRecord, message->begin});
    const BytePlace last{message->lastRecord, std::max(message->begin, message->end - 1)};
    m_bytes->reveal({message->firstRecord, message->begin}, last);
}

void TrafficView::onByteSelection(const TrafficSelection &selection)
{
    if (selection.isEmpty()) {
        setSelection({});
        return;
    }
    setFollowing(false);
    m_used = m_bytes;
    const qint64 row = m_messages->rowOf({selection.firstRecord, selection.begin()});
    m_messages->setCurrent(row);
    setSelection(selection);
    m_messages->ensureVisible(row, row);
}

void TrafficView::setSelection(const std::optional<TrafficSelection> &selection)
{
    m_selection = selection;
    if (!selection) {
        m_messages->setCurrent(-1);
        m_used = nullptr;
    }
    m_bytes->setSelection(selection);
    m_messages->setSelection(selection);
    m_columns->updateRibbons();
    for (QAction *action : std::as_const(m_copyActions)) {
        action->setEnabled(selection.has_value());
    }
    showDetail();
    Q_EMIT selectionChanged(facts());
}

void TrafficView::showDetail()
{
    const qint64 row = m_messages->current();
    const std::optional<Message> message = m_messages->messageAt(row);
    m_detail->setMessage(message, message ? titleOf(row, *message) : QString());
}

QString TrafficView::titleOf(qint64 row, const Message &message) const
{
    const std::string_view name = toString(message.kind);
    const QString kind = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    if (m_messages->isUnfinished(row)) {
        //: Title of the detail: kind of a message that has not ended
        return tr("unfinished %1").arg(kind);
    }
    //: Title of the detail: number, kind and length of a message
    return tr("no. %1, %2, %3 B").arg(row).arg(kind).arg(message.contentLength);
}

QString TrafficView::facts() const
{
    if (!m_selection) {
        return {};
    }
    QString text = m_selection->direction == Direction::In ? tr("in", "direction") : tr("out", "direction");
    if (m_log->connectionCount() > 1) {
        text = QStringLiteral("#%1 ").arg(toNumber(m_selection->connection)) + text;
    }
    const qint64 size = m_selection->size();
    text += QStringLiteral(" 0x%1").arg(m_selection->begin(), 0, 16);
    if (m_selection->end() > m_selection->begin() + 1) {
        text += QStringLiteral("..0x%1").arg(m_selection->end() - 1, 0, 16);
    }
    //: Size of the selection: ", 13 B"
    text += tr(", %1 B").arg(size);
    const qint64 elapsed =
        m_log->records().at(m_selection->lastRecord).time - m_log->records().at(m_selection->firstRecord).time;
    if (elapsed > 0) {
        //: Time between the first and the last selected byte: " within 1.2 ms"
        text += tr(" within %1").arg(TimeFormat::duration(elapsed));
    }
    return text;
}

void TrafficView::copy(CopyFormat format, const QString &name)
{
    if (!m_selection) {
        return;
    }
    CopyJob job{m_log, *m_selection, {}, format};
    if (m_used == m_messages) {
        job.message = m_messages->messageAt(m_messages->current());
    }
    auto promise = std::make_shared<QPromise<CopyJob::Result>>();
    promise->future().then(this, [this, name](const CopyJob::Result &result) {
        QGuiApplication::clipboard()->setText(result.text);
        //: What was copied: size and format ("hex", "C array")
        const QString text = result.isCut ? tr("Copied only the first %1 B as %2").arg(result.bytes).arg(name)
                                          : tr("Copied %1 B as %2").arg(result.bytes).arg(name);
        Q_EMIT copied(text);
    });
    QThreadPool::globalInstance()->start([promise, job] {
        promise->start();
        promise->addResult(job.run());
        promise->finish();
    });
}

std::optional<QByteArray> TrafficView::selectedContent() const
{
    const std::optional<Message> message = m_messages->messageAt(m_messages->current());
    if (!m_selection || !message || message->contentLength > MaxSavedPayload) {
        return {};
    }
    return MessageReader(*m_log).content(*message, MaxSavedPayload, MessageReader::Wait::No);
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

void TrafficView::revealSelection()
{
    if (!m_selection || m_isFollowing) {
        return;
    }
    // After the layout has given the views their new height.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_selection) {
                m_messages->ensureVisible(m_messages->current(), m_messages->current());
                m_bytes->reveal({m_selection->firstRecord, m_selection->begin()},
                                {m_selection->lastRecord, std::max(m_selection->begin(), m_selection->end() - 1)});
            }
        },
        Qt::QueuedConnection);
}

bool TrafficView::isDetailVisible() const
{
    return !m_detail->isHidden();
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
    stream << StateVersion << m_columns->sizes() << m_rows->sizes() << isDetailVisible() << m_detail->currentTab()
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
    int tab = 0;
    qint32 timeStyle = 0;
    stream >> version >> columns >> rows >> isDetailShown >> tab >> timeStyle;
    const bool isSane = stream.status() == QDataStream::Ok && version == StateVersion && columns.size() == 2
        && rows.size() == 2 && timeStyle >= 0 && timeStyle <= static_cast<qint32>(TimeStyle::Delta);
    if (!isSane) {
        return false;
    }
    m_columns->setSizes(columns);
    setDetailVisible(isDetailShown);
    m_rows->setSizes(rows);
    m_detail->setCurrentTab(tab);
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
