// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensspec.h"

#include "core/lens/autolens.h"
#include "core/lens/framinglens.h"
#include "core/lens/framingparameters.h"
#include "core/lens/httplens.h"
#include "core/lens/idlelens.h"
#include "core/lens/jsonframing.h"
#include "core/lens/linelens.h"
#include "core/lens/offsetlens.h"
#include "core/lens/recordlens.h"
#include "core/lens/slipframing.h"
#include "core/lens/splitlens.h"

#include <algorithm>
#include <iterator>

namespace Sidewire {

namespace {

/// Every lens there is: a new one needs a line here and nothing else. It has either `create` or `framing`.
struct Entry
{
    const char16_t *name;
    const char16_t *parameters; ///< How they are written; null for none
    std::unique_ptr<Lens> (*create)(const LensContext &context, const QString &parameters);
    Result<std::unique_ptr<Framing>> (*framing)(const QString &parameters);
};

std::unique_ptr<Lens> createIdle(const LensContext &, const QString &parameters)
{
    return std::make_unique<IdleLens>(FramingParameters::milliseconds(parameters).value() * 1'000'000);
}

template<HttpLens::Use use>
std::unique_ptr<Lens> createHttp(const LensContext &context, const QString &)
{
    return std::make_unique<HttpLens>(context, use);
}

template<typename Kind>
Result<std::unique_ptr<Framing>> createFraming(const QString &)
{
    return std::unique_ptr<Framing>(std::make_unique<Kind>());
}

const Entry Entries[] = {
    {u"auto", nullptr,
     [](const LensContext &context, const QString &) -> std::unique_ptr<Lens> {
         return std::make_unique<AutoLens>(context);
     },
     nullptr},
    {u"reads", nullptr,
     [](const LensContext &, const QString &) -> std::unique_ptr<Lens> {
         return std::make_unique<RecordLens>(MessageKind::Read, "reads");
     },
     nullptr},
    {u"lines", nullptr,
     [](const LensContext &, const QString &) -> std::unique_ptr<Lens> { return std::make_unique<LineLens>(); },
     nullptr},
    {u"delimiter", u"HEX", nullptr, FramingParameters::delimiter},
    {u"between", u"HEX,HEX[,ESCAPE]", nullptr, FramingParameters::between},
    {u"fixed", u"N", nullptr, FramingParameters::fixed},
    {u"length", u"TYPE[,offset=N][,adjust=N][,trailer=N]", nullptr, FramingParameters::length},
    {u"idle", u"MS", createIdle, nullptr},
    {u"slip", nullptr, nullptr, createFraming<SlipFraming>},
    {u"json", nullptr, nullptr, createFraming<JsonFraming>},
    {u"datagrams", nullptr,
     [](const LensContext &, const QString &) -> std::unique_ptr<Lens> {
         return std::make_unique<RecordLens>(MessageKind::Datagram, "datagrams");
     },
     nullptr},
    {u"http", nullptr, createHttp<HttpLens::Use::Http>, nullptr},
    {u"sse", nullptr, createHttp<HttpLens::Use::Events>, nullptr},
    {u"websocket", nullptr, createHttp<HttpLens::Use::WebSocket>, nullptr},
};

const Entry *find(QStringView name)
{
    const auto *entry = std::find_if(std::begin(Entries), std::end(Entries),
                                     [name](const Entry &each) { return name == QStringView(each.name); });
    return entry == std::end(Entries) ? nullptr : entry;
}

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

QString syntaxOf(const Entry &entry)
{
    const QString name = QString::fromUtf16(entry.name);
    return entry.parameters ? name + u':' + QString::fromUtf16(entry.parameters) : name;
}

Result<void> checkParameters(const Entry &entry, const QString &parameters)
{
    if (entry.framing) {
        const Result<std::unique_ptr<Framing>> framing = entry.framing(parameters);
        return framing ? Result<void>() : Result<void>(framing.error());
    }
    const Result<qint64> silence = FramingParameters::milliseconds(parameters);
    return silence ? Result<void>() : Result<void>(silence.error());
}

Result<LensSpec> parseOne(const QString &text)
{
    // Qt takes the digits before a NUL for the whole number.
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return usage(QStringLiteral("A lens is written without control characters"));
    }
    LensSpec spec;
    QString rest = text;
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= 0) {
        bool isNumber = false;
        spec.offset = text.mid(at + 1).toLongLong(&isNumber);
        if (!isNumber || spec.offset < 0) {
            return usage(
                QStringLiteral("After \"@\" the offset of a byte is expected, not \"%1\"").arg(text.mid(at + 1)));
        }
        rest.truncate(at);
    }
    spec.name = rest.section(u':', 0, 0).trimmed();
    spec.parameters = rest.section(u':', 1);
    const Entry *entry = find(spec.name);
    if (!entry) {
        return usage(QStringLiteral("Unknown lens \"%1\"; there are %2")
                         .arg(spec.name, LensSpec::syntaxes().join(QStringLiteral(", "))));
    }
    if (!entry->parameters) {
        return rest.contains(u':')
            ? Result<LensSpec>(usage(QStringLiteral("The lens \"%1\" takes no parameters").arg(spec.name)))
            : Result<LensSpec>(spec);
    }
    const Result<void> checked = checkParameters(*entry, spec.parameters);
    if (!checked) {
        return usage(QStringLiteral("%1: %2").arg(syntaxOf(*entry), checked.error().detail));
    }
    return spec;
}

} // namespace

QString LensSpec::toString() const
{
    if (!directions.empty()) {
        return QStringLiteral("in=%1/out=%2")
            .arg(directions[indexOf(Direction::In)].toString(), directions[indexOf(Direction::Out)].toString());
    }
    const QString text = parameters.isEmpty() ? name : name + u':' + parameters;
    return offset > 0 ? text + u'@' + QString::number(offset) : text;
}

Result<LensSpec> LensSpec::parse(const QString &text)
{
    if (!text.startsWith(QLatin1String("in="))) {
        return parseOne(text);
    }
    const qsizetype slash = text.indexOf(QLatin1String("/out="));
    if (slash < 0) {
        return usage(QStringLiteral("After \"in=LENS\" the other direction is expected: \"/out=LENS\""));
    }
    LensSpec both;
    both.name.clear();
    both.directions.resize(DirectionCount);
    for (const auto &[direction, part] :
         {std::pair(Direction::In, text.mid(3, slash - 3)), std::pair(Direction::Out, text.mid(slash + 5))}) {
        const Result<LensSpec> spec = parseOne(part);
        if (!spec) {
            return spec;
        }
        both.directions[indexOf(direction)] = *spec;
    }
    return both;
}

QStringList LensSpec::names()
{
    QStringList names;
    for (const Entry &entry : Entries) {
        if (!entry.parameters) {
            names.append(QString::fromUtf16(entry.name));
        }
    }
    return names;
}

bool LensSpec::takesParameters(const QString &name)
{
    const Entry *entry = find(name);
    return entry && entry->parameters;
}

QStringList LensSpec::syntaxes()
{
    QStringList list;
    for (const Entry &entry : Entries) {
        list.append(syntaxOf(entry));
    }
    return list;
}

std::unique_ptr<Lens> LensSpec::create(const LensContext &context) const
{
    if (!directions.empty()) {
        return std::make_unique<SplitLens>(directions[indexOf(Direction::In)].create(context),
                                           directions[indexOf(Direction::Out)].create(context));
    }
    const Entry *entry = find(name);
    Q_ASSERT(entry);
    std::unique_ptr<Lens> lens;
    if (entry->framing) {
        LensSpec cutting = *this;
        cutting.offset = 0;
        lens = std::make_unique<FramingLens>(cutting.toString().toUtf8(), entry->framing(parameters).value(),
                                             entry->framing(parameters).value());
    } else {
        lens = entry->create(context, parameters);
    }
    return offset > 0 ? std::make_unique<OffsetLens>(std::move(lens), offset) : std::move(lens);
}

Result<QByteArray> LensSpec::wrap(QByteArrayView content, Direction direction) const
{
    if (!directions.empty()) {
        return directions[indexOf(direction)].wrap(content, direction);
    }
    const Entry *entry = find(name);
    if (entry && entry->framing) {
        return entry->framing(parameters).value()->wrap(content);
    }
    if (name == QLatin1String("lines")) {
        return content.toByteArray() + '\n';
    }
    return Error{Error::Code::Unsupported, QStringLiteral("the lens \"%1\" frames nothing").arg(toString())};
}

bool LensSpec::canWrap(Direction direction) const
{
    if (!directions.empty()) {
        return directions[indexOf(direction)].canWrap(direction);
    }
    const Result<QByteArray> wrapped = wrap("x");
    return wrapped || wrapped.error().code != Error::Code::Unsupported;
}

} // namespace Sidewire
