// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "console.h"

#include "core/payload/escapes.h"

#include <QStringList>

#include <cstdio>

namespace Sidewire::Console {

bool write(QByteArrayView bytes)
{
    return std::fwrite(bytes.data(), 1, static_cast<std::size_t>(bytes.size()), stdout)
        == static_cast<std::size_t>(bytes.size());
}

bool flush()
{
    return std::fflush(stdout) == 0;
}

void printError(const QString &text)
{
    // Line by line: a list of what is possible may take several lines, what a peer sent may not.
    QByteArray lines;
    for (const QString &line : text.split(u'\n')) {
        lines += "sidewire: "
            + Escapes::fromBytes(line.toUtf8()).replace(QLatin1String("\\\\"), QLatin1String("\\")).toUtf8() + '\n';
    }
    std::fputs(lines.constData(), stderr);
}

int usageError(const QString &text)
{
    printError(text);
    std::fputs("Try 'sidewire --help'.\n", stderr);
    return ExitUsage;
}

} // namespace Sidewire::Console
