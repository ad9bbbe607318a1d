// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "autobahncases.h"

#include "core/protocol/websocket/violation.h"
#include "tests/support/wirebuilder.h"

#include <QFile>

#include <algorithm>

namespace Sidewire::TestSupport {

namespace {

using Frame = AutobahnCase::Frame;
using Found = AutobahnCase::Found;

const std::pair<const char *, int> Opcodes[] = {
    {"cont", 0}, {"text", 1}, {"binary", 2}, {"close", 8}, {"ping", 9}, {"pong", 10},
};

const std::pair<const char *, Violation> Violations[] = {
    {"!reserved-bit", Violation::ReservedBit},
    {"!reserved-opcode", Violation::ReservedOpcode},
    {"!fragmented-control", Violation::FragmentedControl},
    {"!control-too-long", Violation::ControlTooLong},
    {"!stray-continuation", Violation::StrayContinuation},
    {"!data-inside-fragmented", Violation::DataInsideFragmented},
    {"!invalid-utf8", Violation::InvalidUtf8},
    {"!invalid-close-code", Violation::InvalidCloseCode},
    {"!invalid-close-body", Violation::InvalidCloseBody},
    {"!data-after-close", Violation::DataAfterClose},
};

template<typename Table>
auto lookUp(const Table &table, const QByteArray &name)
{
    const auto *found =
        std::find_if(std::begin(table), std::end(table), [&](const auto &row) { return name == row.first; });
    if (found == std::end(table)) {
        qFatal("not understood: %s", name.constData());
    }
    return found->second;
}

/// The words of an item; what is in quotes is one, with its quotes.
QByteArrayList words(const QByteArray &item)
{
    QByteArrayList list;
    bool isInQuotes = false;
    bool isInWord = false;
    for (const char c : item) {
        isInQuotes = isInQuotes != (c == '"');
        if (c == ' ' && !isInQuotes) {
            isInWord = false;
            continue;
        }
        if (!isInWord) {
            list.append(QByteArray());
            isInWord = true;
        }
        list.back() += c;
    }
    return list;
}

QByteArray parsePayload(const QByteArray &word)
{
    if (word.startsWith('"')) {
        return word.sliced(1, word.size() - 2);
    }
    if (const qsizetype star = word.indexOf('*'); star > 0) {
        const QByteArray pattern = parsePayload(word.sliced(star + 1));
        const int size = word.first(star).toInt();
        return pattern.repeated(size / pattern.size() + 1).first(size);
    }
    const QByteArray bytes = QByteArray::fromHex(word);
    if (bytes.toHex() != word) {
        qFatal("not hex: %s", word.constData());
    }
    return bytes;
}

QByteArray closeCode(const QByteArray &number)
{
    const int code = number.toInt();
    return QByteArray(1, static_cast<char>(code / 256)) + static_cast<char>(code % 256);
}

bool isNumber(const QByteArray &word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One item of the columns "sends" and "answers": a frame, or several with "by=".
std::vector<Frame> parseFrames(const QByteArray &item)
{
    Frame frame;
    qsizetype pieceSize = 0;
    QByteArrayList rest = words(item);
    QByteArray kind = rest.takeFirst();
    if (kind.endsWith('-')) {
        frame.isFinal = false;
        kind.chop(1);
    }
    frame.opcode = kind.startsWith("op") ? kind.sliced(2).toInt() : lookUp(Opcodes, kind);
    if (frame.opcode == 8 && !rest.isEmpty() && isNumber(rest.front())) {
        frame.payload = closeCode(rest.takeFirst());
    }
    for (const QByteArray &word : rest) {
        if (word.startsWith("rsv=")) {
            frame.reserved = word.sliced(4).toInt();
        } else if (word.startsWith("by=")) {
            pieceSize = word.sliced(3).toInt();
        } else {
            frame.payload += parsePayload(word);
        }
    }
    if (pieceSize == 0) {
        return {frame};
    }
    std::vector<Frame> pieces;
    for (qsizetype at = 0; at < frame.payload.size(); at += pieceSize) {
        pieces.push_back(
            {at == 0 ? frame.opcode : 0, at + pieceSize >= frame.payload.size(), 0, frame.payload.mid(at, pieceSize)});
    }
    return pieces;
}

std::vector<Frame> parseColumn(const QByteArray &column)
{
    std::vector<Frame> frames;
    for (const QByteArray &item : column.split(';')) {
        const std::vector<Frame> some = parseFrames(item.trimmed());
        frames.insert(frames.end(), some.begin(), some.end());
    }
    return frames;
}

Found parseFound(const QByteArray &item)
{
    Found found;
    QByteArrayList rest = words(item);
    found.kind = rest.takeFirst();
    if (found.kind == "close" && !rest.isEmpty() && isNumber(rest.front())) {
        found.payload = closeCode(rest.takeFirst());
    }
    for (const QByteArray &word : rest) {
        if (word.startsWith('!')) {
            found.violations |= bit(lookUp(Violations, word));
        } else if (word == "unterminated") {
            found.isUnterminated = true;
        } else {
            found.payload += parsePayload(word);
        }
    }
    return found;
}

} // namespace

QByteArray AutobahnCase::Frame::toWire(bool isMasked) const
{
    const FrameBuilder builder = FrameBuilder(opcode, payload).withReserved(reserved);
    const FrameBuilder frame = isFinal ? builder : builder.notFinal();
    return isMasked ? frame.masked().toWire() : frame.toWire();
}

std::vector<QByteArray> AutobahnCase::sentRecords(bool isMasked) const
{
    QByteArray wire;
    std::vector<QByteArray> parts;
    for (const Frame &frame : sends) {
        parts.push_back(frame.toWire(isMasked));
        wire += parts.back();
    }
    if (records == u"frames") {
        return parts;
    }
    QList<qsizetype> sizes;
    if (records.startsWith(u"parts ")) {
        const qsizetype header = wire.size() - sends.front().payload.size();
        for (const QString &size : records.mid(6).split(u',')) {
            sizes.append(size.toInt() + (sizes.isEmpty() ? header : 0));
        }
    }
    const qsizetype chop = records == u"whole" || !sizes.isEmpty() ? wire.size()
        : records == u"octets"                                     ? 1
                                                                   : records.toInt();
    parts.clear();
    for (qsizetype at = 0; at < wire.size(); at += parts.back().size()) {
        parts.push_back(wire.mid(at, sizes.isEmpty() ? chop : sizes.takeFirst()));
    }
    return parts;
}

std::vector<Found> AutobahnCase::asMessages(const std::vector<Frame> &frames)
{
    std::vector<Found> messages;
    for (const Frame &frame : frames) {
        const auto *row = std::find_if(std::begin(Opcodes), std::end(Opcodes),
                                       [&](const auto &each) { return each.second == frame.opcode; });
        messages.push_back({row == std::end(Opcodes) ? "frame" : row->first, frame.payload, 0, false});
    }
    return messages;
}

std::vector<QByteArrayList> autobahnTable(const QString &fileName)
{
    QFile file(QStringLiteral(SIDEWIRE_TEST_DATA "/autobahn/") + fileName);
    std::vector<QByteArrayList> rows;
    if (!file.open(QFile::ReadOnly)) {
        return rows;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#')) {
            continue;
        }
        rows.emplace_back();
        for (const QByteArray &column : line.split('|')) {
            rows.back().append(column.trimmed());
        }
    }
    return rows;
}

std::vector<AutobahnCase> autobahnCases()
{
    std::vector<AutobahnCase> cases;
    for (const QByteArrayList &row : autobahnTable(QStringLiteral("cases.txt"))) {
        if (row.size() != 6) {
            qFatal("%s has %d columns", row.front().constData(), int(row.size()));
        }
        AutobahnCase one;
        one.name = QString::fromLatin1(row[0]);
        one.records = QString::fromLatin1(row[1]);
        one.sends = parseColumn(row[2]);
        one.answers = parseColumn(row[4]);
        one.verdict = QString::fromLatin1(row[5]);
        if (row[3] == "=") {
            one.finds = AutobahnCase::asMessages(one.sends);
        } else {
            for (const QByteArray &item : row[3].split(';')) {
                one.finds.push_back(parseFound(item.trimmed()));
            }
        }
        cases.push_back(one);
    }
    return cases;
}

} // namespace Sidewire::TestSupport
