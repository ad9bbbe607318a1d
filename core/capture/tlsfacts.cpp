// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlsfacts.h"

#include <QJsonArray>

namespace Sidewire {

namespace {

// A log can be written by anybody, and a peer chooses its chain.
constexpr std::size_t MaxChain = 32;
constexpr std::size_t MaxProblems = 64;
constexpr qsizetype MaxNames = 256;

QLatin1StringView key(const char *name)
{
    return QLatin1StringView(name);
}

QJsonObject toJson(const CertificateFacts &certificate)
{
    return {{key("subject"), certificate.subject},
            {key("issuer"), certificate.issuer},
            {key("names"), QJsonArray::fromStringList(certificate.names)},
            {key("valid-from"), certificate.validFrom},
            {key("valid-until"), certificate.validUntil},
            {key("serial"), certificate.serial},
            {key("key"), certificate.key},
            {key("signature"), certificate.signature},
            {key("sha256"), certificate.sha256},
            {key("self-signed"), certificate.isSelfSigned}};
}

CertificateFacts certificateFrom(const QJsonObject &object)
{
    CertificateFacts certificate;
    certificate.subject = object.value(key("subject")).toString();
    certificate.issuer = object.value(key("issuer")).toString();
    for (const QJsonValue &name : object.value(key("names")).toArray()) {
        if (certificate.names.size() < MaxNames) {
            certificate.names.append(name.toString());
        }
    }
    certificate.validFrom = object.value(key("valid-from")).toInteger();
    certificate.validUntil = object.value(key("valid-until")).toInteger();
    certificate.serial = object.value(key("serial")).toString();
    certificate.key = object.value(key("key")).toString();
    certificate.signature = object.value(key("signature")).toString();
    certificate.sha256 = object.value(key("sha256")).toString();
    certificate.isSelfSigned = object.value(key("self-signed")).toBool();
    return certificate;
}

} // namespace

QJsonObject TlsFacts::toJson() const
{
    QJsonArray problemList;
    for (const TlsProblem &problem : problems) {
        problemList.append(QJsonObject{{key("depth"), problem.depth}, {key("what"), problem.what}});
    }
    QJsonArray chainList;
    for (const CertificateFacts &certificate : chain) {
        chainList.append(Sidewire::toJson(certificate));
    }
    return {{key("protocol"), protocol},
            {key("cipher"), cipher},
            {key("group"), group},
            {key("alpn"), alpn},
            {key("sni"), sni},
            {key("ms"), milliseconds},
            {key("resumed"), isResumed},
            {key("verification"), verification},
            {key("problems"), problemList},
            {key("chain"), chainList}};
}

TlsFacts TlsFacts::fromJson(const QJsonObject &object)
{
    TlsFacts facts;
    facts.protocol = object.value(key("protocol")).toString();
    facts.cipher = object.value(key("cipher")).toString();
    facts.group = object.value(key("group")).toString();
    facts.alpn = object.value(key("alpn")).toString();
    facts.sni = object.value(key("sni")).toString();
    facts.milliseconds = object.value(key("ms")).toDouble();
    facts.isResumed = object.value(key("resumed")).toBool();
    facts.verification = object.value(key("verification")).toString();
    for (const QJsonValue &value : object.value(key("problems")).toArray()) {
        if (facts.problems.size() < MaxProblems) {
            const QJsonObject problem = value.toObject();
            facts.problems.push_back({problem.value(key("depth")).toInt(), problem.value(key("what")).toString()});
        }
    }
    for (const QJsonValue &value : object.value(key("chain")).toArray()) {
        if (facts.chain.size() < MaxChain) {
            facts.chain.push_back(certificateFrom(value.toObject()));
        }
    }
    return facts;
}

} // namespace Sidewire
