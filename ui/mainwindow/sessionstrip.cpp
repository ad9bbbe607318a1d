// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionstrip.h"

#include "core/protocol/websocket/closecode.h"
#include "ui/mainwindow/stripcells.h"
#include "ui/models/sessioncontrols.h"
#include "ui/widgets/labeltone.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

QLabel *plainLabel(const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

SessionStrip::SessionStrip(QWidget *parent)
    : QWidget(parent)
    , m_cells(new StripCells(this))
{
    auto *top = new QHBoxLayout;
    top->setSpacing(4);
    top->addWidget(m_cells, 1);
    buildButtons(top);
    buildCellMenu();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 6, 4);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(buildEnds());
    layout->addWidget(buildNotice());
    updateColors();
}

void SessionStrip::buildButtons(QHBoxLayout *row)
{
    const auto button = [this, row](const char *name, const QString &text, Theme::Icon icon, const QString &tip) {
        auto *made = new QToolButton(this);
        made->setObjectName(QString::fromLatin1(name));
        made->setText(text);
        made->setIcon(Theme::icon(icon));
        made->setToolTip(tip);
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setAutoRaise(true);
        row->addWidget(made);
        return made;
    };
    m_close = button("closeButton", tr("Close"), Theme::Icon::Close, tr("Close in an orderly way (Ctrl+D)"));
    m_reset = button("resetButton", tr("Reset"), Theme::Icon::Reset,
                     tr("Send RST; what is queued is discarded (Ctrl+Shift+R)"));
    m_pause = button("pauseButton", tr("Pause"), Theme::Icon::Pause,
                     tr("Stop reading; what comes waits in the kernel (Ctrl+P)"));

    m_close->setMenu(buildCloseMenu());
    m_accepting = button("acceptingButton", tr("Pause accepting"), Theme::Icon::Pause,
                         tr("New clients wait in the kernel's backlog until accepting goes on"));
    m_stop = button("stopButton", tr("Stop"), Theme::Icon::Stop, {});
    m_close->setPopupMode(QToolButton::MenuButtonPopup);
    connect(m_close, &QToolButton::clicked, this, &SessionStrip::closeRequested);
    connect(m_reset, &QToolButton::clicked, this, &SessionStrip::resetRequested);
    connect(m_pause, &QToolButton::clicked, this, &SessionStrip::pauseRequested);
    connect(m_accepting, &QToolButton::clicked, this, &SessionStrip::acceptingRequested);
    connect(m_stop, &QToolButton::clicked, this,
            [this] { m_isListening ? Q_EMIT stopRequested() : Q_EMIT reconnectRequested(); });
}

QMenu *SessionStrip::buildCloseMenu()
{
    auto *menu = new QMenu(m_close);
    connect(menu->addAction(tr("&Close")), &QAction::triggered, this, &SessionStrip::closeRequested);
    m_closeWithCode = menu->addMenu(tr("Close with a co&de"));
    for (const quint16 code : {1000, 1001, 1008, 1011}) {
        const std::string_view name = closeCodeName(code);
        QAction *action = m_closeWithCode->addAction(QStringLiteral("&%1 %2").arg(
            QString::number(code), QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))));
        connect(action, &QAction::triggered, this, [this, code] { Q_EMIT closeWithCodeRequested(code); });
    }
    connect(m_closeWithCode->addAction(tr("&Other code and reason…")), &QAction::triggered, this,
            &SessionStrip::closeDialogRequested);
    m_halfClose = menu->addAction(tr("&Half-close: FIN only"));
    connect(m_halfClose, &QAction::triggered, this, &SessionStrip::halfCloseRequested);
    return menu;
}

void SessionStrip::buildCellMenu()
{
    m_startTls = new QAction(tr("&Start TLS now"), m_cells);
    m_startTls->setObjectName(QStringLiteral("stripStartTls"));
    auto *details = new QAction(tr("&Facts of the connection"), m_cells);
    m_cells->addActions({m_startTls, details});
    m_cells->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_startTls, &QAction::triggered, this, &SessionStrip::startTlsRequested);
    connect(details, &QAction::triggered, this, &SessionStrip::detailsRequested);
    connect(m_cells, &StripCells::clicked, this, &SessionStrip::detailsRequested);
}

QWidget *SessionStrip::buildEnds()
{
    auto *ends = new QWidget(this);
    m_local = plainLabel("localEndpoint", ends);
    m_out = plainLabel("outState", ends);
    m_in = plainLabel("inState", ends);
    m_peer = plainLabel("peerEndpoint", ends);
    m_counters = plainLabel("counters", ends);
    for (QLabel *label : {m_local, m_peer}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    // Counters grow with the traffic: the line must not push the window wider.
    m_counters->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_counters->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *layout = new QHBoxLayout(ends);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    for (QLabel *label : {m_local, m_out, m_in, m_peer}) {
        layout->addWidget(label);
    }
    layout->addWidget(m_counters, 1);
    return ends;
}

QWidget *SessionStrip::buildNotice()
{
    m_noticeRow = new QWidget(this);
    m_noticeIcon = new QLabel(m_noticeRow);
    m_noticeText = plainLabel("notice", m_noticeRow);
    m_noticeText->setWordWrap(true);
    m_noticeText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_retry = new QPushButton(tr("Connect again"), m_noticeRow);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_listenHere = new QPushButton(tr("Listen here"), m_noticeRow);
    m_listenHere->setObjectName(QStringLiteral("listenHereButton"));
    m_webSocket = new QPushButton(tr("Open as ws://"), m_noticeRow);
    m_webSocket->setObjectName(QStringLiteral("asWebSocketButton"));
    m_redirect = new QPushButton(tr("Open that address"), m_noticeRow);
    m_redirect->setObjectName(QStringLiteral("redirectButton"));
    m_stopReconnecting = new QPushButton(tr("Stop reconnecting"), m_noticeRow);
    m_stopReconnecting->setObjectName(QStringLiteral("stopReconnectingButton"));
    m_stopReconnecting->setToolTip(tr("Connect no more by itself"));
    m_passphrase = new QPushButton(tr("Passphrase…"), m_noticeRow);
    m_passphrase->setObjectName(QStringLiteral("passphraseButton"));
    auto *layout = new QHBoxLayout(m_noticeRow);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(6);
    layout->addWidget(m_noticeIcon);
    layout->addWidget(m_noticeText, 1);
    for (QPushButton *button : {m_webSocket, m_redirect, m_passphrase, m_listenHere, m_stopReconnecting, m_retry}) {
        button->setAutoDefault(false);
        button->hide();
        layout->addWidget(button);
    }
    connect(m_retry, &QPushButton::clicked, this, &SessionStrip::reconnectRequested);
    connect(m_listenHere, &QPushButton::clicked, this, &SessionStrip::listenHereRequested);
    connect(m_webSocket, &QPushButton::clicked, this, &SessionStrip::webSocketRequested);
    connect(m_redirect, &QPushButton::clicked, this, &SessionStrip::redirectRequested);
    connect(m_stopReconnecting, &QPushButton::clicked, this, &SessionStrip::stopReconnectingRequested);
    connect(m_passphrase, &QPushButton::clicked, this, &SessionStrip::passphraseRequested);
    m_noticeRow->hide();
    return m_noticeRow;
}

void SessionStrip::setFacts(const SessionFacts &facts)
{
    m_cells->setCells(StatusText::cells(facts));
    const EndpointLine ends = StatusText::endpoints(facts);
    m_local->setText(ends.local);
    m_out->setText(ends.out.isEmpty() ? QString() : QStringLiteral("→ ") + ends.out);
    m_in->setText(ends.in.isEmpty() ? QString() : QStringLiteral("← ") + ends.in);
    m_peer->setText(ends.peer);
    for (QLabel *label : {m_local, m_out, m_in, m_peer}) {
        label->setVisible(!label->text().isEmpty());
    }
    m_counters->setText(facts.hasConnection ? StatusText::counters(facts) : QString());
    setButtons(facts);
    setListenerButtons(facts);
    setNotice(StatusText::notice(facts));
}

QString SessionStrip::stateText() const
{
    return m_cells->text();
}

void SessionStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateColors();
    }
    QWidget::changeEvent(event);
}

void SessionStrip::setButtons(const SessionFacts &facts)
{
    const SessionControls can = SessionControls::of(facts);
    m_close->setEnabled(can.canClose);
    m_closeWithCode->menuAction()->setVisible(facts.spec.isWebSocket());
    m_closeWithCode->setEnabled(can.canCloseWithCode);
    m_halfClose->setEnabled(can.canHalfClose);
    m_reset->setEnabled(can.canReset);
    m_pause->setEnabled(can.canPause);
    m_startTls->setVisible(facts.spec.scheme == Scheme::Tcp);
    m_startTls->setEnabled(can.canStartTls);
    const QString text = facts.isPaused ? tr("Resume") : tr("Pause");
    if (m_pause->text() != text) {
        m_pause->setText(text);
        m_pause->setIcon(Theme::icon(facts.isPaused ? Theme::Icon::Resume : Theme::Icon::Pause));
    }
}

void SessionStrip::setListenerButtons(const SessionFacts &facts)
{
    // Its clients have a table, with buttons for those that are selected.
    for (QToolButton *button : {m_close, m_reset}) {
        button->setVisible(!facts.isListener());
    }
    m_pause->setVisible(!facts.isListener() || facts.spec.isUdp()); // All its peers share one port
    const bool isShown = facts.isListener() && facts.isRunning;
    const ListenState state = facts.session.listenState;
    const bool isPaused = state == ListenState::AcceptPaused;
    m_isListening = state == ListenState::Listening || isPaused;
    m_accepting->setVisible(isShown && m_isListening && !facts.spec.isUdp());
    m_accepting->setText(isPaused ? tr("Go on accepting") : tr("Pause accepting"));
    m_accepting->setIcon(Theme::icon(isPaused ? Theme::Icon::Resume : Theme::Icon::Pause));
    m_stop->setVisible(isShown && state != ListenState::Failed); // The notice has a button for that
    m_stop->setText(m_isListening ? tr("Stop") : tr("Listen again"));
    m_stop->setIcon(Theme::icon(m_isListening ? Theme::Icon::Stop : Theme::Icon::Listen));
    m_stop->setToolTip(!m_isListening           ? tr("Listen on the same port again, into the same log (Ctrl+R)")
                           : facts.spec.isUdp() ? tr("Close the port")
                                                : tr("Stop listening. Those that are connected stay"));
    m_retry->setText(facts.isListener() ? tr("Listen again") : tr("Connect again"));
}

void SessionStrip::setNotice(const Notice &notice)
{
    if (notice == m_notice) {
        return;
    }
    m_notice = notice;
    m_noticeText->setText(notice.text);
    m_retry->setVisible(notice.actions.contains(Notice::Action::Retry));
    m_listenHere->setVisible(notice.actions.contains(Notice::Action::ListenHere));
    m_webSocket->setVisible(notice.actions.contains(Notice::Action::OpenAsWebSocket));
    m_redirect->setVisible(notice.actions.contains(Notice::Action::OpenRedirect));
    m_stopReconnecting->setVisible(notice.actions.contains(Notice::Action::StopReconnecting));
    m_passphrase->setVisible(notice.actions.contains(Notice::Action::GivePassphrase));
    m_noticeRow->setVisible(!notice.text.isEmpty());
    updateColors();
}

void SessionStrip::updateColors()
{
    setTone(m_out, Theme::Tone::Out);
    setTone(m_in, Theme::Tone::In);
    setTone(m_counters, Theme::Tone::Muted);
    setTone(m_noticeText, m_notice.tone);
    const Theme::Icon icon = m_notice.tone == Theme::Tone::Error ? Theme::Icon::Error
        : m_notice.tone == Theme::Tone::Warning                  ? Theme::Icon::Warning
                                                                 : Theme::Icon::Info;
    m_noticeIcon->setPixmap(Theme::icon(icon).pixmap(16, 16));
}

} // namespace Sidewire
