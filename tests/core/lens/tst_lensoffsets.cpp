// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/lensspec.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

/// All messages of a conversation that begins at these offsets, as numbers from there.
std::vector<QByteArray> cut(const LensSpec &spec, const LensContext &context,
                            std::array<qint64, DirectionCount> offsets)
{
    const std::array<qint64, DirectionCount> begins = offsets;
    const std::unique_ptr<Lens> lens = spec.create(context);
    std::vector<Message> messages;
    qint64 record = 0;
    const auto feed = [&](Direction direction, const QByteArray &bytes) {
        qint64 &offset = offsets[indexOf(direction)];
        lens->feed({direction, record, record, offset, bytes.size(), bytes}, messages);
        offset += bytes.size();
        ++record;
    };
    if (context.isWebSocket) {
        feed(Direction::Out, upgradeRequest());
        feed(Direction::In, upgradeResponse());
        feed(Direction::Out, FrameBuilder::text("hello").masked().toWire());
        feed(Direction::In, FrameBuilder::text("hello").toWire());
    } else {
        feed(Direction::Out, QByteArray(600, 'x')); // `auto` looks at 512
        feed(Direction::In, "220 ready\r\n250 ");
        feed(Direction::In, QByteArray("{\"a\":1} ok\r\n\0\1\2\3\300", 17));
        feed(Direction::Out, "\nQUIT\r\n");
    }
    for (const Direction direction : {Direction::In, Direction::Out}) {
        if (const std::optional<Message> unfinished = lens->unfinished(direction)) {
            messages.push_back(*unfinished);
        }
        lens->endOfStream(direction, record, messages);
    }
    std::vector<QByteArray> result;
    for (const Message &message : messages) {
        const qint64 begin = begins[indexOf(message.direction)];
        result.push_back(QByteArray::number(message.begin - begin) + '-' + QByteArray::number(message.end - begin) + ' '
                         + QByteArray::number(message.contentLength) + ' ' + QByteArray::number(int(message.kind)) + ' '
                         + QByteArray::number(message.flags) + ' ' + QByteArray::number(message.violations));
    }
    return result;
}

} // namespace

/// Behind a proxy, or when TLS is started, a lens begins in the middle of a connection.
class tst_LensOffsets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void areThoseOfTheConnection_data();
    void areThoseOfTheConnection();
};

void tst_LensOffsets::areThoseOfTheConnection_data()
{
    QTest::addColumn<QString>("lens");
    QTest::addColumn<bool>("isWebSocket");
    for (const QString &name : LensSpec::names()) {
        QTest::addRow("%s", qPrintable(name)) << name << false;
        QTest::addRow("%s over ws", qPrintable(name)) << name << true;
    }
    for (const char *name : {"delimiter:0d0a", "between:7b,7d", "fixed:7", "length:u8", "idle:5"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name) << false;
    }
}

void tst_LensOffsets::areThoseOfTheConnection()
{
    QFETCH(const QString, lens);
    QFETCH(const bool, isWebSocket);
    const LensSpec spec = LensSpec::parse(lens).value();
    LensContext context;
    context.isWebSocket = isWebSocket;
    const std::vector<QByteArray> expected = cut(spec, context, {0, 0});
    QVERIFY(!expected.empty());
    QCOMPARE(cut(spec, context, {39, 73}), expected);
    QCOMPARE(cut(spec, context, {5'000'000'001, 700}), expected);
}

QTEST_GUILESS_MAIN(tst_LensOffsets)
#include "tst_lensoffsets.moc"
