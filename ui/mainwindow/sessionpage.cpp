// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionpage.h"

#include "ui/mainwindow/connectionspane.h"
#include "ui/mainwindow/sendtarget.h"
#include "ui/mainwindow/sessionstrip.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/verifypanel.h"
#include "ui/models/sessionitem.h"
#include "ui/models/statustext.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/recipientbutton.h"

#include <QFrame>
#include <QSplitter>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

constexpr int ClockMilliseconds = 1000;
constexpr qint64 RateWindow = 900'000'000; // ns

Composer::Target targetOf(const SessionSpec &spec)
{
    return spec.isWebSocket() ? Composer::Target::WebSocket
        : spec.isUdp()        ? Composer::Target::Udp
                              : Composer::Target::Tcp;
}

QFrame *line(QWidget *parent)
{
    auto *frame = new QFrame(parent);
    frame->setFrameShape(QFrame::HLine);
    frame->setFrameShadow(QFrame::Plain);
    frame->setForegroundRole(QPalette::Mid);
    return frame;
}

} // namespace

SessionPage::SessionPage(SessionItem &item, Engine &engine, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_item(item)
    , m_engine(engine)
    , m_settings(settings)
    , m_strip(new SessionStrip(this))
    , m_verify(new VerifyPanel(this))
    , m_body(new QSplitter(Qt::Vertical, this))
    , m_connections(new ConnectionsPane(item, engine, settings, *m_body))
    , m_view(new TrafficView(m_body))
    , m_composer(new Composer(settings, targetOf(item.spec()), this))
    , m_sendTarget(new SendTarget(m_connections->connections(), item.spec(), m_composer->recipients(), this))
    , m_status(new StatusLine(this))
{
    setObjectName(QStringLiteral("sessionPage"));
    m_view->useSettings(settings);
    buildLayout();
    connectStrip();
    connectView();
    connectComposer();
    connectConnections();
    connectLens();
    connect(&m_item, &SessionItem::changed, this, &SessionPage::onChanged);
    m_clock.setSingleShot(true);
    m_clock.setInterval(ClockMilliseconds);
    connect(&m_clock, &QTimer::timeout, this, &SessionPage::onClock);
    if (m_item.isOpenedLog()) {
        m_composer->setReadOnly(tr("This is an opened log: it can be read and exported, but nothing can be sent"));
    }
}

void SessionPage::buildLayout()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(m_verify);
    m_verify->hide();
    m_body->setChildrenCollapsible(false);
    m_body->setStretchFactor(m_body->indexOf(m_view), 1);
    layout->addWidget(m_body, 1);
    layout->addWidget(line(this));
    layout->addWidget(m_composer);
    layout->addWidget(line(this));
    layout->addWidget(m_status);
    setFocusProxy(m_composer);
}

void SessionPage::connectStrip()
{
    connect(m_strip, &SessionStrip::closeRequested, this, &SessionPage::closeConnection);
    connect(m_strip, &SessionStrip::halfCloseRequested, this, &SessionPage::halfClose);
    connect(m_strip, &SessionStrip::resetRequested, this, &SessionPage::reset);
    connect(m_strip, &SessionStrip::pauseRequested, this, &SessionPage::togglePause);
    connect(m_strip, &SessionStrip::stopRequested, this, [this] {
        if (m_item.id()) {
            m_engine.stopListening(*m_item.id());
        }
    });
    connect(m_strip, &SessionStrip::acceptingRequested, this, &SessionPage::toggleAccepting);
    connect(m_strip, &SessionStrip::reconnectRequested, this, &SessionPage::reconnect);
    connect(m_strip, &SessionStrip::listenHereRequested, this,
            [this] { Q_EMIT openRequested(targetWith(m_item.spec().scheme, Role::Listener)); });
    connect(m_strip, &SessionStrip::webSocketRequested, this,
            [this] { Q_EMIT openRequested(targetWith(Scheme::Ws, Role::Client)); });
    connect(m_strip, &SessionStrip::closeWithCodeRequested, this, [this](quint16 code) { closeWithCode(code); });
    connect(m_strip, &SessionStrip::closeDialogRequested, this, &SessionPage::askCloseCode);
    connect(m_strip, &SessionStrip::startTlsRequested, this, &SessionPage::startTls);
    connect(m_strip, &SessionStrip::stopReconnectingRequested, this, &SessionPage::stopReconnecting);
    connect(m_strip, &SessionStrip::redirectRequested, this, &SessionPage::openRedirect);
    connect(m_strip, &SessionStrip::passphraseRequested, this,
            [this] { askPassphrase(StatusText::whyPassphrase(m_item.facts()), &SessionPage::reconnect); });
    connect(m_strip, &SessionStrip::detailsRequested, this, &SessionPage::showConnection);
    connect(m_verify, &VerifyPanel::trustRequested, this, &SessionPage::trust);
    connect(m_verify, &VerifyPanel::noVerifyRequested, this, &SessionPage::connectUnverified);
    connect(m_verify, &VerifyPanel::optionsRequested, this, &SessionPage::editOptions);
    connect(m_verify, &VerifyPanel::detailsRequested, this, &SessionPage::showConnection);
}

void SessionPage::connectView()
{
    const auto showFollowing = [this] {
        m_status->setFollowing(m_view->isFollowing(), m_view->newMessages());
    };
    connect(m_view, &TrafficView::followingChanged, this, showFollowing);
    connect(m_view, &TrafficView::newMessagesChanged, this, showFollowing);
    connect(m_view, &TrafficView::bookmarkMade, this, &SessionPage::keepBookmark);
    connect(m_view, &TrafficView::selectionChanged, m_status, &StatusLine::setSelection);
    connect(m_view, &TrafficView::filterChanged, this, [this] { m_connections->setMatches(m_view->matches()); });
    connect(m_status, &StatusLine::followRequested, this, [this] { m_view->setFollowing(true); });
}

void SessionPage::connectComposer()
{
    m_composer->setFrameSender(m_item.spec().role == Role::Client ? FrameDecoder::Sender::Client
                                                                  : FrameDecoder::Sender::Server);
    m_composer->setObstacle([this] {
        const QString obstacle = StatusText::whyNotSend(m_item.facts());
        return obstacle.isEmpty() ? m_sendTarget->obstacle() : obstacle;
    });
    connect(m_composer, &Composer::sendRequested, this, [this](const SendRequest &request) {
        if (m_item.id()) {
            m_engine.send(*m_item.id(), request);
        }
    });
    connect(m_composer, &Composer::repeatRequested, this,
            [this](const SendRequest &request, std::chrono::milliseconds interval, qint64 count) {
                if (m_item.id()) {
                    m_engine.repeat(*m_item.id(), request, interval, count);
                }
            });
    connect(m_composer, &Composer::stopRequested, this, [this] {
        if (m_item.id()) {
            m_engine.stopRepeat(*m_item.id());
        }
    });
    connect(m_composer, &Composer::saveRequested, this, &SessionPage::savePayloadRequested);
}

void SessionPage::closeConnection()
{
    if (!m_item.id()) {
        return;
    }
    if (m_item.facts().isListener() && meant().empty()) {
        m_connections->closeAll(); // It goes on listening
    } else {
        m_engine.close(*m_item.id(), meant());
    }
}

void SessionPage::halfClose()
{
    if (m_item.id()) {
        m_engine.finishSending(*m_item.id(), meant());
    }
}

void SessionPage::reset()
{
    if (m_item.id()) {
        m_engine.reset(*m_item.id(), meant());
    }
}

void SessionPage::togglePause()
{
    if (!m_item.id()) {
        return;
    }
    const std::vector<ConnectionId> connections = meant();
    const bool isPaused =
        connections.empty() || m_item.spec().isUdp() ? m_item.facts().isPaused : m_connections->isEachOpenOnePaused();
    if (isPaused) {
        m_engine.resumeReading(*m_item.id(), connections);
    } else {
        m_engine.pauseReading(*m_item.id(), connections);
    }
}

void SessionPage::reconnect()
{
    if (m_item.id()) {
        m_engine.reconnect(*m_item.id());
        m_composer->focusField();
    }
}

void SessionPage::showConnection()
{
    m_view->showConnection();
}

void SessionPage::startViewHere()
{
    m_view->startHere();
    if (m_item.id()) {
        m_engine.note(*m_item.id(), QStringLiteral("View started here"));
    }
}

void SessionPage::focusPlace()
{
    if (m_item.isOpenedLog()) {
        m_view->focusMessages();
    } else {
        m_composer->focusField();
    }
}

void SessionPage::showRejection(const Error &error)
{
    // Start TLS now, with a key that is encrypted.
    if (error.code == Error::Code::PermissionDenied && StatusText::asksForPassphrase(m_item.spec(), error.detail)) {
        askPassphrase(error.detail, &SessionPage::startTls);
        return;
    }
    m_composer->showProblem(error.detail);
}

QString SessionPage::stateText() const
{
    const SessionFacts facts = m_item.facts();
    QStringList cells;
    for (const StripCell &cell : StatusText::cells(facts)) {
        cells.append(QStringList{cell.layer, cell.state, cell.detail}.join(QLatin1Char(' ')).trimmed());
    }
    const std::shared_ptr<SessionLog> log = m_item.log();
    return QStringLiteral("%1; out %2, in %3; %4 messages; %5")
        .arg(cells.join(QStringLiteral(" | ")), QString::number(facts.totals.bytes[indexOf(Direction::Out)]),
             QString::number(facts.totals.bytes[indexOf(Direction::In)]),
             QString::number(log ? log->messages()->count() : 0),
             log && log->progress().isCaughtUp ? QStringLiteral("caught up") : QStringLiteral("reading"));
}

void SessionPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    refreshView();
}

void SessionPage::onChanged()
{
    if (!isVisible()) {
        return;
    }
    refresh();
    refreshView();
}

void SessionPage::refreshView()
{
    m_view->refresh();
    m_connections->setMatches(m_view->matches());
}

void SessionPage::onClock()
{
    if (isVisible()) {
        refresh();
    }
}

void SessionPage::refresh()
{
    if (m_item.log()) {
        if (!m_hasLog) {
            m_view->setLog(m_item.log());
            m_hasLog = true;
        }
        takeLensOfLog();
        showWrapping();
        m_status->setUnsaved(m_view->marks().unsaved().size());
        m_status->setLog(*m_item.log(), m_view->filterError());
        const std::shared_ptr<LiveStatus> live = m_item.log()->live();
        m_composer->setRepeatsLeft(live ? live->repeatsLeft.load() : 0);
    }
    SessionFacts facts = m_item.facts();
    updateRates(facts);
    m_strip->setFacts(facts);
    showVerifyFailure(facts);
    askPassphraseOnce(facts);
    m_connections->refresh(facts);
    const bool hasReceivers = facts.isListener() || (facts.spec.isUdp() && facts.connections > 1);
    if (hasReceivers && !facts.isOpenedLog) {
        m_sendTarget->refresh();
    }
    if (StatusText::needsClock(facts) && !m_clock.isActive()) {
        m_clock.start();
    }
    Q_EMIT factsChanged(facts);
}

void SessionPage::updateRates(SessionFacts &facts)
{
    const qint64 elapsed = facts.now - m_rateTime;
    if (elapsed >= RateWindow) {
        for (std::size_t index = 0; index < m_rates.size(); ++index) {
            const auto grown = static_cast<double>(facts.totals.bytes[index] - m_rateBytes[index]);
            m_rates[index] = m_rateTime > 0 ? grown * 1e9 / static_cast<double>(elapsed) : 0;
        }
        m_rateTime = facts.now;
        m_rateBytes = facts.totals.bytes;
    }
    facts.rates = StatusText::needsClock(facts) ? m_rates : std::array<double, DirectionCount>{};
}

QString SessionPage::targetWith(Scheme scheme, Role role) const
{
    SessionSpec spec = m_item.spec();
    spec.scheme = scheme;
    spec.role = role;
    return spec.target();
}

} // namespace Sidewire
