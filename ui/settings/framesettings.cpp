// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framesettings.h"

#include <algorithm>

namespace Sidewire {

namespace {

QByteArray toBytes(const FrameSpec::Key &key)
{
    return {reinterpret_cast<const char *>(key.data()), qsizetype(key.size())};
}

FrameSpec::Key keyOf(const QByteArray &bytes)
{
    FrameSpec::Key key{};
    std::copy_n(bytes.begin(), std::min<std::size_t>(key.size(), std::size_t(bytes.size())), key.begin());
    return key;
}

int bounded(const QJsonValue &value, int most, int fallback = 0)
{
    const int number = value.toInt(-1);
    return number >= 0 && number <= most ? number : fallback;
}

} // namespace

std::vector<FrameSpec> FrameSettings::frames(const QByteArray &payload) const
{
    std::vector<FrameSpec> result;
    FrameSpec first;
    first.masking = frame.masking;
    first.key = frame.key;
    switch (before) {
    case Before::Nothing:
        break;
    case Before::OpenText:
        first.isFinal = false;
        first.payload = QByteArrayLiteral("begun");
        result.push_back(first);
        break;
    case Before::Close:
        first.opcode = static_cast<quint8>(Opcode::Close);
        first.payload = QByteArrayLiteral("\x03\xe8"); // 1000
        result.push_back(first);
        break;
    }
    result.push_back(frame);
    result.back().payload = payload;
    return result;
}

QJsonObject FrameSettings::toJson() const
{
    QJsonObject object{{QStringLiteral("opcode"), frame.opcode},
                       {QStringLiteral("fin"), frame.isFinal},
                       {QStringLiteral("rsv"), frame.reserved},
                       {QStringLiteral("mask"), static_cast<int>(frame.masking)},
                       {QStringLiteral("key"), QString::fromLatin1(toBytes(frame.key).toHex())},
                       {QStringLiteral("coding"), static_cast<int>(frame.lengthCoding)},
                       {QStringLiteral("fragment"), frame.fragmentSize},
                       {QStringLiteral("pause"), qint64(pause.count())},
                       {QStringLiteral("before"), static_cast<int>(before)}};
    if (frame.declaredLength) {
        object.insert(QStringLiteral("length"), QString::number(*frame.declaredLength)); // No double holds 64 bits
    }
    return object;
}

FrameSettings FrameSettings::fromJson(const QJsonObject &object)
{
    const FrameSettings usual;
    FrameSettings settings;
    settings.frame.opcode = quint8(bounded(object.value(QStringLiteral("opcode")), 15, usual.frame.opcode));
    settings.frame.isFinal = object.value(QStringLiteral("fin")).toBool(true);
    settings.frame.reserved = quint8(bounded(object.value(QStringLiteral("rsv")), 7));
    settings.frame.masking = static_cast<FrameSpec::Masking>(bounded(object.value(QStringLiteral("mask")), 3));
    settings.frame.key = keyOf(QByteArray::fromHex(object.value(QStringLiteral("key")).toString().toLatin1()));
    settings.frame.lengthCoding =
        static_cast<FrameSpec::LengthCoding>(bounded(object.value(QStringLiteral("coding")), 3));
    settings.frame.fragmentSize = bounded(object.value(QStringLiteral("fragment")), LargestFragment);
    settings.pause = std::chrono::milliseconds(bounded(object.value(QStringLiteral("pause")), LongestPause));
    settings.before = static_cast<Before>(bounded(object.value(QStringLiteral("before")), 2));
    bool isNumber = false;
    const quint64 length = object.value(QStringLiteral("length")).toString().toULongLong(&isNumber);
    if (isNumber) {
        settings.frame.declaredLength = length;
    }
    return settings;
}

} // namespace Sidewire
