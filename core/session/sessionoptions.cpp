// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionoptions.h"

#include <QHostAddress>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr qint64 LongestTime = 86'400'000; // one day, in ms

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

/// RFC 9110, 5.6.2: what a field name or a subprotocol is made of.
bool isToken(const QString &text)
{
    const auto isTokenChar = [](QChar c) {
        return c > u' ' && c < u'\x7f' && !QStringView(u"\"(),/:;<=>?@[\\]{}").contains(c);
    };
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return (c < u' ' && c != u'\t') || c == u'\x7f'; });
}

Result<Milliseconds> parseTime(const QString &name, const QString &value)
{
    bool isNumber = false;
    const qlonglong ms = value.toLongLong(&isNumber);
    if (!isNumber || ms < 1 || ms > LongestTime) {
        return usage(QStringLiteral("%1 takes milliseconds from 1 to 86400000, not \"%2\"").arg(name, value));
    }
    return Milliseconds(ms);
}

Result<void> setConnectTimeout(SessionOptions &options, const QString &value)
{
    const Result<Milliseconds> time = parseTime(QStringLiteral("connect-timeout"), value);
    if (!time) {
        return time.error();
    }
    options.connectTimeout = *time;
    return {};
}

Result<void> setBind(SessionOptions &options, const QString &value)
{
    if (const QHostAddress address(value); !address.isNull()) {
        options.socket.bind = {address, 0};
        return {};
    }
    const QString text = value.startsWith(u':') ? QStringLiteral("0.0.0.0") + value : value;
    Endpoint endpoint = Endpoint::fromString(text);
    if (endpoint.isNull()) {
        return usage(QStringLiteral("bind takes an address, :port or address:port, not \"%1\"").arg(value));
    }
    if (value.startsWith(u':')) {
        endpoint.address = {};
    }
    options.socket.bind = endpoint;
    return {};
}

Result<void> setSubprotocols(SessionOptions &options, const QString &value)
{
    QStringList names;
    for (const QString &part : value.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.trimmed();
        if (!isToken(name)) {
            return usage(QStringLiteral("\"%1\" cannot be a subprotocol name").arg(name));
        }
        names << name;
    }
    options.subprotocols = names;
    return {};
}

Result<void> setOrigin(SessionOptions &options, const QString &value)
{
    if (hasControlCharacter(value)) {
        return usage(QStringLiteral("origin holds a control character"));
    }
    options.origin = value;
    return {};
}

Result<void> addHeader(SessionOptions &options, const QString &value)
{
    const qsizetype colon = value.indexOf(u':');
    if (colon < 0 || !isToken(value.left(colon))) {
        return usage(QStringLiteral("header takes \"Name: value\", not \"%1\"").arg(value));
    }
    if (hasControlCharacter(value)) {
        return usage(QStringLiteral("the header %1 holds a control character").arg(value.left(colon)));
    }
    options.headers.push_back({value.left(colon).toLatin1(), value.mid(colon + 1).trimmed().toUtf8()});
    return {};
}

Result<void> setAuth(SessionOptions &options, const QString &value)
{
    const bool isBearer = value.startsWith(QLatin1String("bearer "), Qt::CaseInsensitive);
    if ((!isBearer && !value.contains(u':')) || hasControlCharacter(value)) {
        return usage(QStringLiteral("auth takes user:password or \"bearer TOKEN\""));
    }
    options.auth = value;
    return {};
}

struct AnswerName
{
    const char *name;
    AnswerOptions::Kind kind;
};

constexpr std::array AnswerNames = {
    AnswerName{"none", AnswerOptions::Kind::None},       AnswerName{"echo", AnswerOptions::Kind::Echo},
    AnswerName{"discard", AnswerOptions::Kind::Discard}, AnswerName{"text", AnswerOptions::Kind::Text},
    AnswerName{"greet", AnswerOptions::Kind::Greet},     AnswerName{"clock", AnswerOptions::Kind::Clock},
    AnswerName{"unruly", AnswerOptions::Kind::Unruly},   AnswerName{"file", AnswerOptions::Kind::File},
};

Result<void> setAnswer(SessionOptions &options, const QString &value)
{
    const QString name = value.section(u':', 0, 0);
    const QString argument = value.section(u':', 1);
    const auto *const entry =
        std::find_if(AnswerNames.begin(), AnswerNames.end(),
                     [&name](const AnswerName &candidate) { return name == QLatin1String(candidate.name); });
    if (entry == AnswerNames.end()) {
        return usage(
            QStringLiteral("unknown answer \"%1\"; there are none, echo, discard, text:TEXT, greet:TEXT, clock[:MS], "
                           "unruly[:SEED]")
                .arg(value));
    }
    AnswerOptions answer;
    answer.kind = entry->kind;
    if (answer.kind == AnswerOptions::Kind::Text || answer.kind == AnswerOptions::Kind::Greet) {
        if (argument.isEmpty()) {
            return usage(QStringLiteral("answer %1 needs its text: %1:TEXT").arg(name));
        }
        answer.text = argument.toUtf8();
    } else if (answer.kind == AnswerOptions::Kind::Clock && !argument.isEmpty()) {
        const Result<Milliseconds> time = parseTime(QStringLiteral("answer clock"), argument);
        if (!time) {
            return time.error();
        }
        answer.interval = *time;
    } else if (answer.kind == AnswerOptions::Kind::Unruly && !argument.isEmpty()) {
        bool isNumber = false;
        answer.seed = argument.toUInt(&isNumber);
        if (!isNumber) {
            return usage(QStringLiteral("answer unruly takes a number as its seed, not \"%1\"").arg(argument));
        }
    } else if (!argument.isEmpty()) {
        return usage(QStringLiteral("answer %1 takes no argument").arg(name));
    }
    options.answer = answer;
    return {};
}

QString answerToString(const AnswerOptions &answer)
{
    const auto *const entry =
        std::find_if(AnswerNames.begin(), AnswerNames.end(),
                     [&answer](const AnswerName &candidate) { return candidate.kind == answer.kind; });
    const QString name = QLatin1String(entry->name);
    switch (answer.kind) {
    case AnswerOptions::Kind::Text:
    case AnswerOptions::Kind::Greet:
        return name + u':' + QString::fromUtf8(answer.text);
    case AnswerOptions::Kind::Clock:
        return name + u':' + QString::number(answer.interval.count());
    case AnswerOptions::Kind::Unruly:
        return name + u':' + QString::number(answer.seed);
    default:
        return name;
    }
}

QString bindToString(const Endpoint &bind)
{
    if (bind.address.isNull()) {
        return u':' + QString::number(bind.port);
    }
    return bind.port == 0 ? bind.address.toString() : bind.toString();
}

struct Option
{
    const char *name;
    Result<void> (*set)(SessionOptions &options, const QString &value);
};

constexpr std::array Options = {
    Option{"answer", setAnswer},
    Option{"auth", setAuth},
    Option{"bind", setBind},
    Option{"connect-timeout", setConnectTimeout},
    Option{"header", addHeader},
    Option{"origin", setOrigin},
    Option{"subprotocol", setSubprotocols},
};

} // namespace

QString ProxySettings::toString() const
{
    if (kind == Kind::None) {
        return {};
    }
    const QString shownHost = host.contains(u':') ? u'[' + host + u']' : host;
    return QStringLiteral("%1://%2:%3").arg(kind == Kind::Socks5 ? u"socks5" : u"http", shownHost).arg(port);
}

QStringList SessionOptions::names()
{
    QStringList list;
    for (const Option &option : Options) {
        list << QLatin1String(option.name);
    }
    return list;
}

Result<void> SessionOptions::set(const QString &name, const QString &value)
{
    const auto *const option = std::find_if(Options.begin(), Options.end(), [&name](const Option &candidate) {
        return name == QLatin1String(candidate.name);
    });
    if (option == Options.end()) {
        return usage(
            QStringLiteral("unknown option \"%1\"; there are %2").arg(name, names().join(QStringLiteral(", "))));
    }
    return option->set(*this, value);
}

QJsonObject SessionOptions::toJson(Secrets secrets) const
{
    static const SessionOptions defaults;
    QJsonObject object;
    if (connectTimeout != defaults.connectTimeout) {
        object.insert(QStringLiteral("connect-timeout"), QString::number(connectTimeout.count()));
    }
    if (!socket.bind.isNull()) {
        object.insert(QStringLiteral("bind"), bindToString(socket.bind));
    }
    if (!subprotocols.isEmpty()) {
        object.insert(QStringLiteral("subprotocol"), subprotocols.join(u','));
    }
    if (!origin.isEmpty()) {
        object.insert(QStringLiteral("origin"), origin);
    }
    if (answer != defaults.answer) {
        object.insert(QStringLiteral("answer"), answerToString(answer));
    }
    QJsonArray lines;
    for (const HttpHeader &header : headers) {
        const bool isSecret = header.name.compare("authorization", Qt::CaseInsensitive) == 0
            || header.name.compare("proxy-authorization", Qt::CaseInsensitive) == 0
            || header.name.compare("cookie", Qt::CaseInsensitive) == 0;
        if (!isSecret || secrets == Secrets::Include) {
            lines.append(QString::fromLatin1(header.name) + QLatin1String(": ") + QString::fromUtf8(header.value));
        }
    }
    if (!lines.isEmpty()) {
        object.insert(QStringLiteral("header"), lines);
    }
    if (!auth.isEmpty() && secrets == Secrets::Include) {
        object.insert(QStringLiteral("auth"), auth);
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
