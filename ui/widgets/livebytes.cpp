// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "livebytes.h"

#include "core/payload/hex.h"
#include "ui/widgets/composedrequest.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace Sidewire {

namespace {

constexpr qsizetype BytesShown = 48;

LiveBytes describe(QByteArrayView first, qint64 size, qsizetype limit)
{
    const QLocale locale(QLocale::English);
    QString text = limit > 0 ? QStringLiteral("→ %1 of %2 B").arg(locale.toString(size), locale.toString(limit))
                             : QStringLiteral("→ %1 B").arg(locale.toString(size));
    if (!first.isEmpty()) {
        text += QStringLiteral(": ") + Hex::fromBytes(first) + (size > first.size() ? QStringLiteral(" …") : QString());
    }
    return {text, limit > 0 && size > limit};
}

} // namespace

LiveBytes liveBytes(const Payload &payload, qsizetype limit, const std::optional<LensSpec> &wrapping)
{
    if (payload.mode == Payload::Mode::File) {
        const QFileInfo info(payload.text);
        QFile file(payload.text);
        if (payload.text.isEmpty()) {
            return {};
        }
        if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
            return {QCoreApplication::translate("Sidewire::LiveBytes", "There is no such file"), true};
        }
        return describe(file.read(BytesShown), info.size(), limit);
    }
    const Result<QByteArray> bytes = ComposedRequest::bytes(payload, wrapping);
    if (!bytes) {
        return {bytes.error().detail, true};
    }
    return describe(QByteArrayView(*bytes).first(qMin(bytes->size(), BytesShown)), bytes->size(), limit);
}

} // namespace Sidewire
