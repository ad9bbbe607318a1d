// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// framesender TARGET FRAMES: opens a WebSocket session, sends frames made by hand, waits for a Close frame and prints what the
// log tells: the bytes of both directions and the peer's close code. FRAMES is a JSON array of objects.

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/wirebuilder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstdio>

using namespace Sidewire;
using TestSupport::LiveSession;

namespace {

constexpr int Patience = 30'000; // ms

FrameSpec frameFrom(const QJsonObject &object)
{
    FrameSpec frame;
    frame.opcode = static_cast<quint8>(object.value(QStringLiteral("opcode")).toInt(1));
    frame.isFinal = object.value(QStringLiteral("fin")).toBool(true);
    frame.reserved = static_cast<quint8>(object.value(QStringLiteral("rsv")).toInt());
    frame.payload = QByteArray::fromHex(object.value(QStringLiteral("hex")).toString().toLatin1());
    frame.fragmentSize = object.value(QStringLiteral("fragment")).toInt();
    frame.masking = FrameSpec::Masking::Chosen;
    frame.key = {1, 2, 3, 4};
    if (object.value(QStringLiteral("unmasked")).toBool()) {
        frame.masking = FrameSpec::Masking::Off;
    }
    if (object.contains(QStringLiteral("length"))) {
        frame.declaredLength = object.value(QStringLiteral("length")).toString().toULongLong(nullptr, 0);
    }
    return frame;
}

int fail(const char *what)
{
    std::fprintf(stderr, "%s\n", what);
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        return fail("framesender TARGET FRAMES");
    }
    Engine engine;
    LiveSession session(engine, arguments.at(1));
    if (!QTest::qWaitFor([&session] { return session.state() == QLatin1String("open"); }, Patience)) {
        return fail("not opened");
    }
    SendRequest request;
    request.kind = SendRequest::Kind::Frames;
    for (const QJsonValue &frame : QJsonDocument::fromJson(arguments.at(2).toUtf8()).array()) {
        request.frames.push_back(frameFrom(frame.toObject()));
    }
    engine.send(session.id(), request);
    // Some peers close the connection long after they have said so.
    constexpr std::size_t In = indexOf(Direction::In);
    if (!QTest::qWaitFor(
            [&session] { return session.connection().isOver() || session.connection().closeCodes[In].has_value(); },
            Patience)) {
        return fail("no answer");
    }
    const auto hex = [&session](Direction direction) {
        return QString::fromLatin1(TestSupport::behindHead(session.stream(direction)).toHex());
    };
    const std::optional<quint16> code = session.connection().closeCodes[In];
    const QJsonObject result{{QStringLiteral("in"), hex(Direction::In)},
                             {QStringLiteral("out"), hex(Direction::Out)},
                             {QStringLiteral("close"), code ? QJsonValue(*code) : QJsonValue()}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
