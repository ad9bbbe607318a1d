// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlstext.h"

#include "core/payload/text.h"
#include "ui/models/units.h"

#include <QDateTime>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int MaxChars = 512; // of one line of a certificate
constexpr qint64 Second = 1'000'000'000; // ns
constexpr qint64 Day = 24 * 3600 * Second;

const Phase *tlsPhase(const ConnectionInfo &info)
{
    const auto found = std::find_if(info.phases.rbegin(), info.phases.rend(),
                                    [](const Phase &phase) { return phase.name == QLatin1String("tls"); });
    return found == info.phases.rend() ? nullptr : &*found;
}

QString dateOf(qint64 time)
{
    return QDateTime::fromSecsSinceEpoch(time / Second, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd"));
}

} // namespace

bool TlsText::hasLayer(const SessionFacts &facts)
{
    return facts.spec.isTls() || facts.newest.tls.isSecured || tlsPhase(facts.newest);
}

bool TlsText::isNotTrusted(const ConnectionInfo &info)
{
    return info.state == ConnectionState::Failed && !info.tls.isSecured && !info.tls.problems.empty();
}

StripCell TlsText::cell(const SessionFacts &facts)
{
    const ConnectionInfo &info = facts.newest;
    const QString layer = tr("TLS");
    const Phase *phase = tlsPhase(info);
    if (!facts.hasConnection || (!phase && !info.tls.isSecured)) {
        return {layer, info.isOver() ? tr("NOT REACHED") : tr("WAITING"), {}, Theme::Tone::Text};
    }
    if (phase && phase->end == 0 && !info.isOver()) {
        const qint64 lasts = facts.now - phase->begin;
        return {layer, tr("SECURING"), lasts < Second ? QString() : Units::clock(lasts), Theme::Tone::Warning};
    }
    if (!info.tls.isSecured) {
        return {layer, tr("FAILED"), isNotTrusted(info) ? tr("certificate not accepted") : QString(),
                Theme::Tone::Error};
    }
    if (info.isOver()) {
        return {layer, tr("ENDED"), line(info.tls.protocol), Theme::Tone::Text};
    }
    const QString time = Units::duration(static_cast<qint64>(info.tls.milliseconds * 1e6));
    //: %1 is a protocol version such as "TLS 1.3", %2 how long the handshake took
    QString detail = tr("%1 %2").arg(line(info.tls.protocol), time);
    if (info.tls.verification == QLatin1String("off")) {
        detail += tr(", not verified");
    } else if (info.tls.verification == QLatin1String("pinned")) {
        detail += tr(", trusted by its fingerprint");
    }
    return {layer, tr("SECURED"), detail, verificationTone(info.tls)};
}

QString TlsText::verification(const TlsFacts &facts)
{
    if (facts.verification == QLatin1String("verified")) {
        return tr("verified: the chain leads to a trusted authority and names this host");
    }
    if (facts.verification == QLatin1String("pinned")) {
        return tr("trusted by its fingerprint alone");
    }
    if (facts.verification == QLatin1String("off")) {
        return tr("not verified: anybody could have answered");
    }
    if (facts.verification == QLatin1String("none")) {
        return tr("no certificate was asked for");
    }
    return facts.problems.empty() ? QString() : tr("not accepted");
}

Theme::Tone TlsText::verificationTone(const TlsFacts &facts)
{
    if (!facts.isSecured) {
        return facts.problems.empty() ? Theme::Tone::Text : Theme::Tone::Error;
    }
    const bool isWeak = facts.verification == QLatin1String("off") || facts.verification == QLatin1String("pinned")
        || !facts.problems.empty();
    return isWeak ? Theme::Tone::Warning : Theme::Tone::Success;
}

QStringList TlsText::problems(const TlsFacts &facts)
{
    QStringList sentences;
    for (const TlsProblem &problem : facts.problems) {
        const auto depth = static_cast<std::size_t>(std::max(problem.depth, 0));
        const QString what = line(problem.what);
        if (depth == 0 || depth >= facts.chain.size()) {
            sentences.append(what);
        } else {
            //: %1 counts the certificates of a chain from 0, %2 names one, %3 says what is wrong with it
            sentences.append(
                tr("Certificate %1 (%2): %3").arg(QString::number(depth), line(facts.chain[depth].subject), what));
        }
    }
    sentences.removeDuplicates();
    return sentences;
}

bool TlsText::isInForce(const CertificateFacts &certificate, qint64 now)
{
    return now >= certificate.validFrom && now <= certificate.validUntil;
}

QString TlsText::validity(const CertificateFacts &certificate, qint64 now)
{
    const auto days = [](qint64 duration) {
        return static_cast<int>(duration / Day);
    };
    QString state;
    if (now < certificate.validFrom) {
        const int left = days(certificate.validFrom - now);
        state = left == 0 ? tr("begins within a day")
            : left == 1   ? tr("begins tomorrow")
                          : tr("begins in %n days", nullptr, left);
    } else if (now > certificate.validUntil) {
        const int gone = days(now - certificate.validUntil);
        state = gone == 0 ? tr("expired today")
            : gone == 1   ? tr("expired 1 day ago")
                          : tr("expired %n days ago", nullptr, gone);
    } else {
        const int left = days(certificate.validUntil - now);
        state = left == 0 ? tr("ends within a day") : left == 1 ? tr("1 day left") : tr("%n days left", nullptr, left);
    }
    //: %1 and %2 are dates, %3 is like "expired 3 days ago"
    return tr("%1 to %2, %3").arg(dateOf(certificate.validFrom), dateOf(certificate.validUntil), state);
}

QString TlsText::line(const QString &text)
{
    return Text::preview(text.toUtf8(), MaxChars);
}

} // namespace Sidewire
