// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payload.h"

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/settings/keys.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace Sidewire {

namespace {

Result<QByteArray> readFile(const QString &path)
{
    // A device or a pipe could keep the window waiting for ever.
    const QFileInfo info(path);
    if (path.isEmpty()) {
        return Error{Error::Code::Usage, QStringLiteral("No file chosen")};
    }
    if (!info.isFile()) {
        return Error{Error::Code::NotFound, QStringLiteral("There is no file %1").arg(path)};
    }
    if (info.size() > Payload::MaxFileSize) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 has more than 64 MiB").arg(info.fileName())};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Code::Io, QStringLiteral("%1: %2").arg(info.fileName(), file.errorString())};
    }
    return file.readAll();
}

Result<QByteArray> textBytes(const Payload &payload)
{
    QString text = payload.text;
    if (payload.inner != LineEnding::Lf) {
        text.replace(QLatin1Char('\n'), QString::fromLatin1(toBytes(payload.inner)));
    }
    Result<QByteArray> bytes = payload.hasEscapes ? Escapes::toBytes(text) : Result<QByteArray>(text.toUtf8());
    if (!bytes) {
        return bytes;
    }
    return *bytes + toBytes(payload.ending);
}

constexpr int AsCount = static_cast<int>(Payload::As::Frames) + 1;

template<typename T>
T boundedEnum(const QJsonValue &value, int count, T fallback)
{
    const int number = value.toInt(-1);
    return number >= 0 && number < count ? static_cast<T>(number) : fallback;
}

} // namespace

QByteArray toBytes(LineEnding ending)
{
    switch (ending) {
    case LineEnding::None:
        break;
    case LineEnding::Lf:
        return QByteArrayLiteral("\n");
    case LineEnding::CrLf:
        return QByteArrayLiteral("\r\n");
    case LineEnding::Cr:
        return QByteArrayLiteral("\r");
    case LineEnding::Nul:
        return QByteArray(1, '\0');
    }
    return {};
}

Result<QByteArray> Payload::toBytes() const
{
    switch (mode) {
    case Mode::Text:
        break;
    case Mode::Hex:
        return Hex::toBytes(text);
    case Mode::File:
        return readFile(text);
    }
    return textBytes(*this);
}

QJsonObject Payload::toJson() const
{
    QJsonObject object{{QStringLiteral("mode"), static_cast<int>(mode)},
                       {QStringLiteral("text"), text},
                       {QStringLiteral("escapes"), hasEscapes},
                       {QStringLiteral("inner"), static_cast<int>(inner)},
                       {QStringLiteral("ending"), static_cast<int>(ending)},
                       {QStringLiteral("as"), static_cast<int>(as)},
                       {QStringLiteral("code"), closeCode}};
    if (as == As::Frames) {
        object.insert(QStringLiteral("frames"), frames.toJson());
    }
    return object;
}

Payload Payload::fromJson(const QJsonObject &object)
{
    Payload payload;
    payload.mode = boundedEnum(object.value(QStringLiteral("mode")), 3, payload.mode);
    payload.text = object.value(QStringLiteral("text")).toString();
    payload.hasEscapes = object.value(QStringLiteral("escapes")).toBool();
    payload.inner = boundedEnum(object.value(QStringLiteral("inner")), LineEndingCount, payload.inner);
    payload.ending = boundedEnum(object.value(QStringLiteral("ending")), LineEndingCount, payload.ending);
    payload.as = boundedEnum(object.value(QStringLiteral("as")), AsCount, payload.as);
    payload.frames = FrameSettings::fromJson(object.value(QStringLiteral("frames")).toObject());
    payload.closeCode = static_cast<quint16>(qBound(0, object.value(QStringLiteral("code")).toInt(1000), 0xffff));
    return payload;
}

QList<SavedPayload> readPayloads(const QSettings &settings)
{
    QList<SavedPayload> payloads;
    const QJsonArray array = QJsonDocument::fromJson(Settings::Payloads.read(settings).toUtf8()).array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        payloads.append({object.value(QStringLiteral("name")).toString(), Payload::fromJson(object)});
    }
    return payloads;
}

void writePayloads(QSettings &settings, const QList<SavedPayload> &payloads)
{
    QJsonArray array;
    for (const SavedPayload &saved : payloads) {
        QJsonObject object = saved.payload.toJson();
        object.insert(QStringLiteral("name"), saved.name);
        array.append(object);
    }
    Settings::Payloads.write(settings, QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)));
}

} // namespace Sidewire
