// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What is asked of the engine beyond sending, closing and pausing: other options, TLS, another address; and which of
// many connections are meant.

#include "sessionpage.h"

#include "core/session/redirect.h"
#include "ui/dialogs/closedialog.h"
#include "ui/dialogs/optionsdialog.h"
#include "ui/dialogs/passphrasedialog.h"
#include "ui/mainwindow/connectionspane.h"
#include "ui/mainwindow/sendtarget.h"
#include "ui/mainwindow/verifypanel.h"
#include "ui/models/sessionitem.h"
#include "ui/models/statustext.h"
#include "ui/models/tlstext.h"
#include "ui/widgets/composer.h"

namespace Sidewire {

void SessionPage::connectConnections()
{
    m_sendTarget->setSelection([this] { return m_connections->selected(); });
    connect(m_connections, &ConnectionsPane::filterChanged, m_view, &TrafficView::setFilter);
    connect(m_connections, &ConnectionsPane::sendToRequested, m_sendTarget, &SendTarget::choose);
    connect(m_sendTarget, &SendTarget::chosen, m_composer, &Composer::focusField);
}

std::vector<ConnectionId> SessionPage::meant() const
{
    // A client that has connected again: what is over cannot be meant, however it is selected.
    const bool isHistory = m_item.spec().role == Role::Client && !m_connections->isAnySelectedOpen();
    return isHistory ? std::vector<ConnectionId>() : m_connections->selected();
}

void SessionPage::toggleAccepting()
{
    if (!m_item.id()) {
        return;
    }
    if (m_item.facts().session.listenState == ListenState::AcceptPaused) {
        m_engine.resumeAccepting(*m_item.id());
    } else {
        m_engine.pauseAccepting(*m_item.id());
    }
}

void SessionPage::closeWithCode(quint16 code, const QByteArray &reason)
{
    if (m_item.id()) {
        SendRequest request;
        request.kind = SendRequest::Kind::Close;
        request.bytes = reason;
        request.closeCode = code;
        request.to = meant();
        m_engine.send(*m_item.id(), request);
    }
}

void SessionPage::askCloseCode()
{
    auto *dialog = new CloseDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CloseDialog::chosen, this, &SessionPage::closeWithCode);
    dialog->open();
}

void SessionPage::startTls()
{
    if (m_item.id()) {
        m_engine.startTls(*m_item.id(), meant());
    }
}

void SessionPage::stopReconnecting()
{
    if (m_item.id()) {
        m_engine.close(*m_item.id());
    }
}

void SessionPage::setOptions(const SessionOptions &options)
{
    if (m_item.id()) {
        m_item.setOptions(options);
        m_engine.setOptions(*m_item.id(), options);
    }
}

void SessionPage::trust(const QString &fingerprint)
{
    SessionOptions options = m_item.spec().options;
    options.tls.verify = TlsSettings::Verify::Pinned;
    options.tls.fingerprint = fingerprint;
    setOptions(options);
    reconnect();
}

void SessionPage::connectUnverified()
{
    SessionOptions options = m_item.spec().options;
    options.tls.verify = TlsSettings::Verify::Off;
    options.tls.fingerprint.clear();
    setOptions(options);
    reconnect();
}

void SessionPage::editOptions()
{
    if (!m_item.id()) {
        return;
    }
    const SessionSpec &spec = m_item.spec();
    auto *dialog = new OptionsDialog(spec, OptionsDialog::For::RunningSession, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        setOptions(dialog->options());
        if (dialog->wantsReconnect()) {
            reconnect();
        }
    });
    dialog->open();
}

void SessionPage::showVerifyFailure(const SessionFacts &facts)
{
    const bool isWanted = facts.isRunning && !facts.isListener() && TlsText::isNotTrusted(facts.newest);
    if (isWanted) {
        m_verify->setFacts(facts.newest.tls, facts.now);
    }
    m_verify->setVisible(isWanted);
}

void SessionPage::askPassphrase(const QString &why, void (SessionPage::*then)())
{
    auto *dialog = new PassphraseDialog(why, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PassphraseDialog::given, this, [this, then](const QString &passphrase) {
        SessionOptions options = m_item.spec().options;
        options.tls.passphrase = passphrase;
        setOptions(options);
        (this->*then)();
    });
    dialog->open();
}

void SessionPage::askPassphraseOnce(const SessionFacts &facts)
{
    const QString why = StatusText::whyPassphrase(facts);
    if (!why.isEmpty() && m_askedForPassphrase != facts.connections) {
        m_askedForPassphrase = facts.connections;
        askPassphrase(why, &SessionPage::reconnect);
    }
}

void SessionPage::openRedirect()
{
    const Result<SessionSpec> next = Sidewire::redirected(m_item.spec(), m_item.facts().newest.redirectedTo.toUtf8());
    if (next) {
        Q_EMIT openSpecRequested(*next);
    } else {
        m_composer->showProblem(next.error().detail);
    }
}

} // namespace Sidewire
