// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "commandwriter.h"

#include "core/payload/shellwords.h"

namespace Sidewire {

CommandWriter::CommandWriter(const QString &tool, const SessionSpec &spec)
    : m_tool(tool)
    , m_spec(spec)
    , m_words(tool)
{}

QStringList CommandWriter::take(const char *name)
{
    m_taken << QLatin1String(name);
    return m_spec.options.values(QLatin1String(name));
}

QString CommandWriter::takeOne(const char *name)
{
    return take(name).value(0);
}

void CommandWriter::addOption(const char *flag, const char *name)
{
    for (const QString &value : take(name)) {
        add({QLatin1String(flag), value});
    }
}

ExportedCommand CommandWriter::finish()
{
    return finishWith(ShellWords::join(m_words));
}

ExportedCommand CommandWriter::finishWith(const QString &text)
{
    QStringList unsaid;
    for (const QString &name : SessionOptions::names()) {
        if (!m_taken.contains(name) && !m_spec.options.values(name).isEmpty()) {
            unsaid << name;
        }
    }
    if (!unsaid.isEmpty()) {
        note(QStringLiteral("%1 is not told: %2").arg(m_tool, unsaid.join(QStringLiteral(", "))));
    }
    return {text, m_notes};
}

QString toSeconds(std::chrono::milliseconds time)
{
    QString text = QString::number(static_cast<double>(time.count()) / 1000, 'f', 3);
    while (text.endsWith(u'0')) {
        text.chop(1);
    }
    if (text.endsWith(u'.')) {
        text.chop(1);
    }
    return text;
}

} // namespace Sidewire
