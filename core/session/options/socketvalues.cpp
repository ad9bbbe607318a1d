// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "socketvalues.h"

#include "core/session/options/optionvalues.h"

#include <algorithm>
#include <array>

namespace Sidewire {

using OptionValues::mismatch;
using OptionValues::usage;

namespace {

// What Linux takes: MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL and MAX_TCP_KEEPCNT.
constexpr int LongestKeepAlive = 32767;
constexpr int MostProbes = 127;

constexpr int LongestLinger = 3600;
constexpr qsizetype LongestInterfaceName = 255;

} // namespace

Result<Endpoint> SocketValues::bind(const QString &text)
{
    QString address = text;
    if (address.startsWith(u'[') && address.endsWith(u']')) {
        address = address.mid(1, address.size() - 2);
    }
    if (const QHostAddress alone(address); !alone.isNull()) {
        return Endpoint{alone, 0};
    }
    const bool isPortAlone = text.startsWith(u':');
    Endpoint endpoint = Endpoint::fromString(isPortAlone ? QStringLiteral("0.0.0.0") + text : text);
    if (isPortAlone) {
        endpoint.address = {};
    }
    if (endpoint.isNull()) {
        return mismatch();
    }
    return endpoint;
}

QString SocketValues::fromBind(const Endpoint &bind)
{
    if (bind.address.isNull()) {
        return u':' + QString::number(bind.port);
    }
    return bind.port == 0 ? bind.address.toString() : bind.toString();
}

Result<QString> SocketValues::interface(const QString &text)
{
    const bool isName = text.size() <= LongestInterfaceName
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c != u'/' && c != u'\x7f'; });
    if (!isName) {
        return mismatch();
    }
    return text;
}

Result<SocketSettings::Family> SocketValues::family(const QString &text)
{
    using Family = SocketSettings::Family;
    for (const Family family : {Family::Any, Family::IPv4, Family::IPv6}) {
        if (text == fromFamily(family)) {
            return family;
        }
    }
    return mismatch();
}

QString SocketValues::fromFamily(SocketSettings::Family family)
{
    switch (family) {
    case SocketSettings::Family::IPv4:
        return QStringLiteral("4");
    case SocketSettings::Family::IPv6:
        return QStringLiteral("6");
    case SocketSettings::Family::Any:
        break;
    }
    return QStringLiteral("any");
}

Result<std::optional<KeepAlive>> SocketValues::keepAlive(const QString &text)
{
    if (text == u"off") {
        return std::optional<KeepAlive>();
    }
    KeepAlive result;
    if (text == u"on") {
        return std::optional(result);
    }
    const QStringList parts = text.split(u',');
    const std::array<int *, 3> fields = {&result.idle, &result.interval, &result.count};
    if (parts.size() > qsizetype(fields.size())) {
        return mismatch();
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        int *const field = fields[std::size_t(i)];
        const Result<int> value =
            OptionValues::number(parts.at(i).trimmed(), 1, field == &result.count ? MostProbes : LongestKeepAlive);
        if (!value) {
            return value.error();
        }
        *field = *value;
    }
    return std::optional(result);
}

QString SocketValues::fromKeepAlive(const std::optional<KeepAlive> &keepAlive)
{
    if (!keepAlive) {
        return QStringLiteral("off");
    }
    return QStringLiteral("%1,%2,%3").arg(keepAlive->idle).arg(keepAlive->interval).arg(keepAlive->count);
}

Result<std::optional<int>> SocketValues::linger(const QString &text)
{
    if (text == u"off") {
        return std::optional<int>();
    }
    const Result<int> seconds = OptionValues::number(text, 0, LongestLinger);
    if (!seconds) {
        return seconds.error();
    }
    return std::optional(*seconds);
}

QString SocketValues::fromLinger(std::optional<int> seconds)
{
    return seconds ? QString::number(*seconds) : QStringLiteral("off");
}

Result<MulticastGroup> SocketValues::group(const QString &text)
{
    const qsizetype comma = text.indexOf(u',');
    MulticastGroup result;
    result.group = QHostAddress(comma < 0 ? text : text.left(comma));
    // "ff02::1%eth0" says the same as "ff02::1,eth0".
    result.interface = comma < 0 ? result.group.scopeId() : text.mid(comma + 1);
    result.group.setScopeId({});
    if (!result.group.isMulticast()) {
        return usage(QStringLiteral("\"%1\" is not a multicast group; those are 224.0.0.0 to 239.255.255.255 and "
                                    "ff00:: to ffff:..., with ,INTERFACE where one is meant")
                         .arg(text));
    }
    if (const Result<QString> name = interface(result.interface); !name) {
        return name.error();
    }
    return result;
}

QString SocketValues::fromGroup(const MulticastGroup &group)
{
    const QString address = group.group.toString();
    return group.interface.isEmpty() ? address : address + u',' + group.interface;
}

} // namespace Sidewire
