// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensrunner.h"

#include "core/lens/contentstore.h"
#include "core/protocol/websocket/violation.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>

namespace Sidewire::TestSupport {

namespace {

const std::pair<MessageFlag, const char *> FlagNames[] = {
    {MessageFlag::Fragmented, " fragmented"},
    {MessageFlag::Masked, " masked"},
    {MessageFlag::Compressed, " compressed"},
    {MessageFlag::Unterminated, " unterminated"},
    {MessageFlag::Gap, " gap"},
    {MessageFlag::Misfit, " misfit"},
    {MessageFlag::Chunked, " chunked"},
};

/// Of a ping or pong it is the checksum, of a compressed message where its content was kept.
QString offsetText(const Message &message)
{
    if (message.kind == MessageKind::Ping || message.kind == MessageKind::Pong) {
        return u'#' + QString::number(message.contentOffset, 16);
    }
    return message.contentOffset == ContentStore::None ? QStringLiteral("-") : QString::number(message.contentOffset);
}

QString describe(const Message &message)
{
    QString text = QStringLiteral("%1 %2 %3+%4 \"%5+%6\"")
                       .arg(message.direction == Direction::In ? u"in" : u"out")
                       .arg(QLatin1String(Sidewire::toString(message.kind).data()))
                       .arg(message.begin)
                       .arg(message.end - message.begin)
                       .arg(offsetText(message))
                       .arg(message.contentLength);
    for (const auto &[flag, name] : FlagNames) {
        text += message.has(flag) ? QLatin1String(name) : QLatin1String();
    }
    for (const ViolationText &violation : describeViolations(message.violations)) {
        text += QStringLiteral(" !%1").arg(QLatin1String(violation.sentence.data()));
    }
    return text;
}

struct Record
{
    Direction direction;
    ByteSpan span;
};

void checkRecords(const Message &message, const std::vector<Record> &records)
{
    const Record &first = records.at(static_cast<std::size_t>(message.firstRecord));
    const Record &last = records.at(static_cast<std::size_t>(message.lastRecord));
    QVERIFY(first.direction == message.direction);
    QVERIFY(last.direction == message.direction);
    if (message.end > message.begin) {
        QVERIFY2(first.span.contains(message.begin), qPrintable(describe(message)));
        QVERIFY2(last.span.contains(message.end - 1), qPrintable(describe(message)));
    }
}

} // namespace

QStringList LensRun::toLines() const
{
    QStringList lines;
    for (const Message &message : unfinished) {
        lines.append(QStringLiteral("* ") + describe(message));
    }
    for (const Message &message : messages) {
        lines.append(describe(message));
    }
    return lines;
}

LensRun runLens(const QString &lensName, const LensContext &context, const std::vector<Transfer> &conversation,
                const NextSize &nextSize)
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(lensName).value().create(context);
    LensRun run;
    std::vector<Record> records;
    std::array<qint64, DirectionCount> offsets{};
    for (const Transfer &transfer : conversation) {
        QByteArrayView rest = transfer.bytes;
        do {
            const qsizetype size = nextSize ? std::min(nextSize(), rest.size()) : rest.size();
            qint64 &offset = offsets[indexOf(transfer.direction)];
            LensInput input;
            input.direction = transfer.direction;
            input.record = static_cast<qint64>(records.size());
            input.time = 1000 + input.record;
            input.offset = offset;
            input.length = size;
            const bool isLookedAt = lens->needsBytes() && size > lens->passesOver(input.direction);
            input.bytes = isLookedAt ? rest.first(size) : QByteArrayView();
            lens->feed(input, run.messages);
            records.push_back({transfer.direction, {offset, offset + size}});
            offset += size;
            rest = rest.sliced(size);
        } while (!rest.isEmpty());
    }
    for (const Direction direction : {Direction::Out, Direction::In}) {
        if (const std::optional<Message> message = lens->unfinished(direction)) {
            run.unfinished.push_back(*message);
        }
    }
    for (const Direction direction : {Direction::Out, Direction::In}) {
        lens->endOfStream(direction, 9999, run.messages);
    }
    run.decision = lens->decision();
    for (const std::vector<Message> &list : {run.messages, run.unfinished}) {
        for (const Message &message : list) {
            checkRecords(message, records);
        }
    }
    return run;
}

void checkSplitting(const QString &lens, const LensContext &context, const std::vector<Transfer> &conversation)
{
    const QStringList whole = runLens(lens, context, conversation).toLines();
    qsizetype longest = 0;
    for (const Transfer &transfer : conversation) {
        longest = std::max(longest, transfer.bytes.size());
    }
    for (qsizetype at = 1; at < longest; ++at) { // every transfer in two
        std::vector<Transfer> pieces;
        for (const Transfer &transfer : conversation) {
            pieces.push_back({transfer.direction, transfer.bytes.left(at)});
            if (transfer.bytes.size() > at) {
                pieces.push_back({transfer.direction, transfer.bytes.sliced(at)});
            }
        }
        QCOMPARE(runLens(lens, context, pieces).toLines(), whole);
    }
    for (qsizetype chunk = 1; chunk <= 17; ++chunk) {
        QCOMPARE(runLens(lens, context, conversation, [chunk] { return chunk; }).toLines(), whole);
    }
    for (quint32 seed = 1; seed <= 50; ++seed) {
        QRandomGenerator random(seed);
        const QStringList lines =
            runLens(lens, context, conversation, [&random] { return qsizetype(random.bounded(1, 200)); }).toLines();
        QVERIFY2(lines == whole, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

} // namespace Sidewire::TestSupport
