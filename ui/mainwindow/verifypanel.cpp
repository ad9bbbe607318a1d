// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "verifypanel.h"

#include "ui/models/tlstext.h"
#include "ui/widgets/labeltone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

constexpr std::size_t MaxCertificates = 4; // more are behind the button with all facts
constexpr qsizetype MaxProblems = 6;

QString describe(const CertificateFacts &certificate, std::size_t number, qint64 now)
{
    const QString issuer = certificate.isSelfSigned
        ? VerifyPanel::tr("issued by itself")
        //: %1 is the name of an authority
        : VerifyPanel::tr("issued by %1").arg(TlsText::line(certificate.issuer));
    const QString subject = TlsText::line(certificate.subject);
    const QString validity = TlsText::validity(certificate, now);
    if (number > 0) {
        //: %1 names a certificate of the chain, %2 is "issued by ...", %3 its validity
        return VerifyPanel::tr("Then %1, %2; valid %3").arg(subject, issuer, validity);
    }
    QStringList lines{subject + QStringLiteral(", ") + issuer};
    if (!certificate.names.isEmpty()) {
        //: %1 is a list like "DNS:example.org"
        lines.append(VerifyPanel::tr("For %1").arg(TlsText::line(certificate.names.join(QStringLiteral(", ")))));
    }
    lines.append(VerifyPanel::tr("Valid %1").arg(validity));
    lines.append(QStringLiteral("SHA-256 ") + TlsText::line(certificate.sha256));
    return lines.join(u'\n');
}

} // namespace

VerifyPanel::VerifyPanel(QWidget *parent)
    : QFrame(parent)
    , m_problems(new QLabel(this))
    , m_chain(new QLabel(this))
    , m_trust(new QPushButton(tr("&Trust this certificate for this session"), this))
{
    setObjectName(QStringLiteral("verifyPanel"));
    setAutoFillBackground(true);
    m_problems->setObjectName(QStringLiteral("verifyProblems"));
    m_chain->setObjectName(QStringLiteral("verifyChain"));
    for (QLabel *label : {m_problems, m_chain}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *noVerify = new QPushButton(tr("Do &not verify in this session"), this);
    auto *options = new QPushButton(tr("&Options…"), this);
    auto *details = new QPushButton(tr("&All facts"), this);
    m_trust->setObjectName(QStringLiteral("trustButton"));
    noVerify->setObjectName(QStringLiteral("noVerifyButton"));
    options->setObjectName(QStringLiteral("verifyOptionsButton"));
    details->setObjectName(QStringLiteral("verifyDetailsButton"));
    m_trust->setToolTip(tr("Only the certificate with this fingerprint is accepted, whatever else is wrong with it"));
    noVerify->setToolTip(tr("Any certificate is accepted; anybody on the way can read along"));
    options->setToolTip(tr("Another CA file, another server name ..."));
    details->setToolTip(tr("Everything that is known of the connection (F5)"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton *button : {options, details, noVerify, m_trust}) {
        button->setAutoDefault(false);
        button->setDefault(false);
    }
    buttons->addWidget(options);
    buttons->addWidget(details);
    buttons->addStretch(1);
    buttons->addWidget(noVerify);
    buttons->addWidget(m_trust);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(30, 2, 8, 8); // Below the text of the notice
    column->setSpacing(6);
    column->addWidget(m_problems);
    column->addWidget(m_chain);
    column->addLayout(buttons);

    connect(m_trust, &QPushButton::clicked, this, [this] { Q_EMIT trustRequested(m_facts.chain.front().sha256); });
    connect(noVerify, &QPushButton::clicked, this, &VerifyPanel::noVerifyRequested);
    connect(options, &QPushButton::clicked, this, &VerifyPanel::optionsRequested);
    connect(details, &QPushButton::clicked, this, &VerifyPanel::detailsRequested);
    updateColors();
}

void VerifyPanel::setFacts(const TlsFacts &facts, qint64 now)
{
    if (facts == m_facts) {
        return;
    }
    m_facts = facts;
    QStringList problems = TlsText::problems(facts);
    if (problems.size() > MaxProblems) {
        const auto more = static_cast<int>(problems.size() - MaxProblems);
        problems = problems.mid(0, MaxProblems);
        problems.append(tr("and %n more", nullptr, more));
    }
    m_problems->setText(QStringLiteral("•  ") + problems.join(QStringLiteral("\n•  ")));
    QStringList chain;
    for (std::size_t index = 0; index < std::min(facts.chain.size(), MaxCertificates); ++index) {
        chain.append(describe(facts.chain[index], index, now));
    }
    if (facts.chain.size() > MaxCertificates) {
        chain.append(tr("and %n more", nullptr, static_cast<int>(facts.chain.size() - MaxCertificates)));
    }
    m_chain->setText(chain.isEmpty() ? tr("The peer sent no certificate") : chain.join(u'\n'));
    m_trust->setEnabled(!facts.chain.empty() && !facts.chain.front().sha256.isEmpty());
}

void VerifyPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateColors();
    }
    QFrame::changeEvent(event);
}

void VerifyPanel::updateColors()
{
    setTone(m_problems, Theme::Tone::Error);
    setTone(m_chain, Theme::Tone::Text);
}

} // namespace Sidewire
