// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "upgradevalues.h"

#include "core/session/options/optionvalues.h"

#include <algorithm>
#include <array>

namespace Sidewire {

using OptionValues::hasControlCharacter;
using OptionValues::isToken;
using OptionValues::mismatch;
using OptionValues::usage;

Result<QStringList> UpgradeValues::subprotocols(const QString &text)
{
    const QStringList names = OptionValues::split(text);
    for (const QString &name : names) {
        if (!isToken(name)) {
            return usage(QStringLiteral("\"%1\" cannot be a subprotocol name").arg(name));
        }
        if (names.count(name) > 1) {
            return usage(QStringLiteral("the subprotocol %1 is named twice").arg(name)); // RFC 6455, 4.1
        }
    }
    return names;
}

Result<HttpHeader> UpgradeValues::header(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QString name = text.left(colon);
    if (colon < 0 || !isToken(name)) {
        return mismatch();
    }
    if (hasControlCharacter(text)) {
        return usage(QStringLiteral("the header %1 holds a control character").arg(name));
    }
    return HttpHeader{name.toLatin1(), text.mid(colon + 1).trimmed().toUtf8()};
}

QString UpgradeValues::fromHeader(const HttpHeader &header)
{
    return QString::fromLatin1(header.name) + QLatin1String(": ") + QString::fromUtf8(header.value);
}

bool UpgradeValues::isSecret(const HttpHeader &header)
{
    // "Authorization", "Proxy-Authorization", "X-Auth-Token", "X-Api-Key", "Cookie" and what is called like them.
    constexpr std::array Words = {"authorization", "cookie", "token", "secret", "password", "api-key", "apikey"};
    const QByteArray name = header.name.toLower();
    return std::any_of(Words.begin(), Words.end(), [&name](const char *word) { return name.contains(word); });
}

Result<QString> UpgradeValues::cookie(const QString &text)
{
    // RFC 6265, 4.1.1, as leniently as browsers are about the value.
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0 || !isToken(text.left(equals)) || text.contains(u';') || hasControlCharacter(text)) {
        return mismatch();
    }
    return text;
}

Result<QString> UpgradeValues::auth(const QString &text)
{
    const bool isBearer = text.startsWith(QLatin1String("bearer "), Qt::CaseInsensitive);
    if ((!isBearer && !text.contains(u':')) || hasControlCharacter(text)) {
        return mismatch();
    }
    return text;
}

Result<QString> UpgradeValues::path(const QString &text)
{
    if (!text.startsWith(u'/') || text.contains(u'?') || hasControlCharacter(text)) {
        return mismatch();
    }
    return text;
}

Result<UpgradeRules::Decision> UpgradeValues::decision(const QString &text)
{
    using Decision = UpgradeRules::Decision;
    for (const Decision decision : {Decision::Accept, Decision::Ask, Decision::Refuse}) {
        if (text == fromDecision(decision)) {
            return decision;
        }
    }
    return mismatch();
}

QString UpgradeValues::fromDecision(UpgradeRules::Decision decision)
{
    switch (decision) {
    case UpgradeRules::Decision::Accept:
        break;
    case UpgradeRules::Decision::Ask:
        return QStringLiteral("ask");
    case UpgradeRules::Decision::Refuse:
        return QStringLiteral("refuse");
    }
    return QStringLiteral("accept");
}

} // namespace Sidewire
