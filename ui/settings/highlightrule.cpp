// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "highlightrule.h"

#include "ui/settings/keys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Sidewire {

namespace {

const QString FilterKey = QStringLiteral("filter");
const QString ColorKey = QStringLiteral("color");
const QString EnabledKey = QStringLiteral("enabled");

} // namespace

QList<HighlightRule> readHighlightRules(const QSettings &settings)
{
    QList<HighlightRule> rules;
    const QByteArray json = Settings::HighlightRules.read(settings).toUtf8();
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QJsonObject object = value.toObject();
        const QString filter = object.value(FilterKey).toString();
        if (!filter.isEmpty() && rules.size() < MaxHighlightRules) {
            rules.append({filter, std::max(0, object.value(ColorKey).toInt()), object.value(EnabledKey).toBool(true)});
        }
    }
    return rules;
}

void writeHighlightRules(QSettings &settings, const QList<HighlightRule> &rules)
{
    QJsonArray array;
    for (const HighlightRule &rule : rules) {
        array.append(QJsonObject{{FilterKey, rule.filter}, {ColorKey, rule.color}, {EnabledKey, rule.isEnabled}});
    }
    Settings::HighlightRules.write(settings, QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)));
}

} // namespace Sidewire
