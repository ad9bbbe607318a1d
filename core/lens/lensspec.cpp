// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensspec.h"

#include "core/lens/autolens.h"
#include "core/lens/linelens.h"
#include "core/lens/recordlens.h"
#include "core/lens/websocketlens.h"

#include <algorithm>
#include <iterator>

namespace Sidewire {

namespace {

/// Every lens there is: a new one needs a line here and nothing else.
struct Entry
{
    const char16_t *name;
    std::unique_ptr<Lens> (*create)(const LensContext &context);
};

constexpr Entry Entries[] = {
    {u"auto",
     [](const LensContext &context) -> std::unique_ptr<Lens> {
         return std::make_unique<AutoLens>(context);
     }},
    {u"reads",
     [](const LensContext &) -> std::unique_ptr<Lens> {
         return std::make_unique<RecordLens>(MessageKind::Read, "reads");
     }},
    {u"lines",
     [](const LensContext &) -> std::unique_ptr<Lens> {
         return std::make_unique<LineLens>();
     }},
    {u"datagrams",
     [](const LensContext &) -> std::unique_ptr<Lens> {
         return std::make_unique<RecordLens>(MessageKind::Datagram, "datagrams");
     }},
    {u"websocket",
     [](const LensContext &context) -> std::unique_ptr<Lens> {
         return std::make_unique<WebSocketLens>(context);
     }},
};

const Entry *find(QStringView name)
{
    const auto *entry = std::find_if(std::begin(Entries), std::end(Entries),
                                     [name](const Entry &each) { return name == QStringView(each.name); });
    return entry == std::end(Entries) ? nullptr : entry;
}

} // namespace

QString LensSpec::toString() const
{
    return parameters.isEmpty() ? name : name + u':' + parameters;
}

Result<LensSpec> LensSpec::parse(const QString &text)
{
    const QString name = text.section(u':', 0, 0).trimmed();
    if (!find(name)) {
        return Error{Error::Code::Usage,
                     QStringLiteral("Unknown lens \"%1\"; there are %2").arg(name, names().join(QStringLiteral(", ")))};
    }
    if (text.contains(u':')) {
        return Error{Error::Code::Usage, QStringLiteral("The lens \"%1\" takes no parameters").arg(name)};
    }
    return LensSpec{name, {}};
}

QStringList LensSpec::names()
{
    QStringList names;
    for (const Entry &entry : Entries) {
        names.append(QString::fromUtf16(entry.name));
    }
    return names;
}

std::unique_ptr<Lens> LensSpec::create(const LensContext &context) const
{
    const Entry *entry = find(name);
    Q_ASSERT(entry);
    return entry->create(context);
}

} // namespace Sidewire
