// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionoptions.h"

#include "core/session/authority.h"
#include "core/session/options/optiontable.h"
#include "core/session/options/upgradevalues.h"

#include <QJsonArray>

#include <algorithm>

namespace Sidewire {

namespace {

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Error unknown(const QString &name)
{
    return usage(QStringLiteral("unknown option \"%1\"; there are %2")
                     .arg(name, SessionOptions::names().join(QStringLiteral(", "))));
}

Error mismatch(const Option &option, const QString &value)
{
    QString sentence = QStringLiteral("%1 takes %2").arg(QLatin1String(option.name), QLatin1String(option.syntax));
    if ((option.traits & Option::Secret) == 0) {
        sentence += QStringLiteral(", not \"%1\"").arg(value);
    }
    return usage(sentence);
}

} // namespace

QString ProxySettings::toString() const
{
    if (kind == Kind::None) {
        return {};
    }
    return QStringLiteral("%1://%2:%3").arg(kind == Kind::Socks5 ? u"socks5" : u"http", bracketed(host)).arg(port);
}

QStringList SessionOptions::names()
{
    QStringList list;
    for (const Option &option : optionTable()) {
        list << QLatin1String(option.name);
    }
    return list;
}

std::vector<OptionHelp> SessionOptions::help()
{
    std::vector<OptionHelp> list;
    for (const Option &option : optionTable()) {
        list.push_back({QLatin1String(option.name), QLatin1String(option.syntax), QLatin1String(option.description),
                        option.scope.name(), (option.traits & Option::Repeatable) != 0,
                        (option.traits & Option::Secret) != 0});
    }
    return list;
}

Result<void> SessionOptions::set(const QString &name, const QString &value)
{
    const Option *const option = findOption(name);
    if (!option) {
        return unknown(name);
    }
    if (value.isEmpty()) {
        option->access.clear(*this);
        return {};
    }
    const Result<void> done = option->access.set(*this, value);
    return !done && done.error().detail.isEmpty() ? mismatch(*option, value) : done;
}

QStringList SessionOptions::values(const QString &name) const
{
    const Option *const option = findOption(name);
    return option ? option->access.values(*this) : QStringList();
}

Result<void> SessionOptions::check(const QString &name, Scheme scheme, Role role)
{
    const Option *const option = findOption(name);
    if (!option) {
        return unknown(name);
    }
    if (!option->scope.contains(scheme, role)) {
        return usage(QStringLiteral("the option %1 does not apply here; it is for %2").arg(name, option->scope.name()));
    }
    return {};
}

bool SessionOptions::appliesTo(const QString &name, Scheme scheme, Role role)
{
    return check(name, scheme, role).has_value();
}

Result<void> SessionOptions::checkFor(Scheme scheme, Role role) const
{
    for (const Option &option : optionTable()) {
        if (option.access.values(*this).isEmpty()) {
            continue;
        }
        if (const Result<void> ok = check(QLatin1String(option.name), scheme, role); !ok) {
            return ok.error();
        }
    }
    if (tls.minimum != TlsVersion::Any && tls.maximum != TlsVersion::Any && tls.minimum > tls.maximum) {
        return usage(QStringLiteral("tls-min is above tls-max"));
    }
    using Family = SocketSettings::Family;
    const auto bound = socket.bind.address.protocol();
    if ((socket.family == Family::IPv4 && bound == QAbstractSocket::IPv6Protocol)
        || (socket.family == Family::IPv6 && bound == QAbstractSocket::IPv4Protocol)) {
        return usage(QStringLiteral("the bind address %1 is not of the family that the option family asks for")
                         .arg(socket.bind.address.toString()));
    }
    return {};
}

SessionOptions SessionOptions::withoutSecrets() const
{
    SessionOptions open = *this;
    open.auth.clear();
    open.cookies.clear();
    open.proxy.password.clear();
    open.tls.passphrase.clear();
    open.headers.erase(std::remove_if(open.headers.begin(), open.headers.end(), UpgradeValues::isSecret),
                       open.headers.end());
    return open;
}

QJsonObject SessionOptions::toJson(Secrets secrets) const
{
    const SessionOptions written = secrets == Secrets::LeaveOut ? withoutSecrets() : *this;
    QJsonObject object;
    for (const Option &option : optionTable()) {
        const QStringList values = option.access.values(written);
        if (values.isEmpty()) {
            continue;
        }
        const bool isList = (option.traits & Option::Repeatable) != 0;
        object.insert(QLatin1String(option.name),
                      isList ? QJsonValue(QJsonArray::fromStringList(values)) : QJsonValue(values.first()));
    }
    return object;
}

Result<SessionOptions> SessionOptions::fromJson(const QJsonObject &object)
{
    SessionOptions options;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonArray values = it->isArray() ? it->toArray() : QJsonArray{*it};
        for (const QJsonValue &value : values) {
            if (const Result<void> ok = options.set(it.key(), value.toString()); !ok) {
                return ok.error();
            }
        }
    }
    return options;
}

} // namespace Sidewire
