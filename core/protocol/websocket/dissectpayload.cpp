// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissectpayload.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/websocket/closecode.h"
#include "core/protocol/websocket/framedecoder.h"

#include <QByteArray>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 CodeSize = 2; // RFC 6455, 5.5.1

QByteArray unmasked(const Frame &frame, QByteArrayView bytes)
{
    QByteArray payload = bytes.toByteArray();
    if (frame.isMasked) {
        applyMask(payload.data(), payload.size(), frame.maskingKey);
    }
    return payload;
}

/// Of the first byte that makes the text invalid; -1 while it may still become valid. Moves `text` on.
qsizetype firstBadByte(Utf8Checker &text, QByteArrayView bytes)
{
    Utf8Checker whole = text;
    whole.feed(bytes);
    qsizetype bad = -1;
    for (qsizetype i = 0; i < bytes.size() && !whole.isValid() && bad < 0; ++i) {
        text.feed(bytes.sliced(i, 1));
        bad = text.isValid() ? -1 : i;
    }
    text = whole;
    return bad;
}

} // namespace

void PayloadDissector::breakRule(Field &field, Violation violation)
{
    FieldParts::breakRule(field, violation);
    m_shown |= bit(violation);
}

Field PayloadDissector::dissect(const Frame &frame, QByteArrayView bytes, qint64 end)
{
    Field field{QStringLiteral("Payload"), {}, {}, false, BitSpan::ofBytes(frame.payloadBegin, end), {}};
    const QByteArray payload = unmasked(frame, bytes);
    field.value = QStringLiteral("%1 B").arg(frame.payloadLength);
    if (end < frame.end()) {
        field.value += QStringLiteral(" declared, %1 B came").arg(end - frame.payloadBegin);
    }
    const bool isCompressed = m_about.isCompressed && !frame.isControl();
    if (frame.payloadLength > 0) {
        field.value += isCompressed ? QStringLiteral(", compressed")
            : frame.isMasked        ? QStringLiteral(", unmasked")
                                    : QString();
        // A fragment may begin inside a character; the first bytes of anything else say more in hex.
        Utf8Checker checker = m_text;
        checker.feed(payload);
        const bool isText = !isCompressed && checker.isValid() && !payload.contains('\0')
            && (frame.isControl() ? frame.opcode != Opcode::Close : m_about.isText);
        field.value += QStringLiteral(": ")
            + (isText ? u'"' + FieldParts::text(payload, FieldParts::MaxTextBytes) + u'"'
                      : FieldParts::hex(payload, FieldParts::MaxHexBytes));
    }
    if (frame.opcode == Opcode::Close) {
        dissectClose(field, payload, frame.payloadBegin);
    } else if (!frame.isControl()) {
        if (m_about.isText && !isCompressed) {
            followText(field, payload, frame);
        }
        if (isCompressed) {
            judgeCompressed(field);
        }
        m_contentBytes += end - frame.payloadBegin; // What is declared may be more than any number can count
    }
    return field;
}

/// What is wrong with deflated data is said once, where the data begins.
void PayloadDissector::judgeCompressed(Field &field)
{
    for (const Violation rule : {Violation::CorruptDeflate, Violation::InflateLimit, Violation::WindowTooLarge}) {
        if (isBroken(rule) && (m_shown & bit(rule)) == 0) {
            breakRule(field, rule);
        }
    }
}

void PayloadDissector::dissectClose(Field &field, QByteArrayView payload, qint64 begin)
{
    const std::optional<quint16> code = closeCodeOf(payload);
    if (!code) {
        if (isBroken(Violation::InvalidCloseBody)) {
            breakRule(field, Violation::InvalidCloseBody);
        }
        return;
    }
    Field codeField{QStringLiteral("Close code"),
                    QStringLiteral("%1 %2").arg(*code).arg(FieldParts::fromName(closeCodeName(*code))),
                    {},
                    false,
                    BitSpan::ofBytes(begin, begin + CodeSize),
                    {}};
    if (isBroken(Violation::InvalidCloseCode)) {
        breakRule(codeField, Violation::InvalidCloseCode);
    }
    field.children.push_back(codeField);

    const QByteArrayView reason = payload.sliced(CodeSize);
    if (reason.isEmpty()) {
        return;
    }
    Field reasonField{QStringLiteral("Reason"),
                      FieldParts::text(reason, FieldParts::MaxValueBytes),
                      {},
                      false,
                      BitSpan::ofBytes(begin + CodeSize, begin + payload.size()),
                      {}};
    if (isBroken(Violation::InvalidCloseBody)) {
        breakRule(reasonField, Violation::InvalidCloseBody);
    }
    field.children.push_back(reasonField);
}

void PayloadDissector::followText(Field &field, QByteArrayView payload, const Frame &frame)
{
    const bool wasValid = m_text.isValid();
    const qsizetype bad = firstBadByte(m_text, payload);
    if (!wasValid || !isBroken(Violation::InvalidUtf8)) {
        return;
    }
    if (bad >= 0) {
        const qint64 at = frame.payloadBegin + bad;
        Field wrong{QStringLiteral("Invalid UTF-8"),
                    QStringLiteral("0x%1, byte %2 of the content")
                        .arg(QString::fromLatin1(payload.sliced(bad, 1).toByteArray().toHex()))
                        .arg(m_contentBytes + bad),
                    {},
                    false,
                    BitSpan::ofBytes(at, at + 1),
                    {}};
        breakRule(wrong, Violation::InvalidUtf8);
        field.children.push_back(wrong);
    } else if (frame.isFinal && payload.size() == frame.payloadLength && !m_text.isComplete()) {
        breakRule(field, Violation::InvalidUtf8);
        FieldParts::remark(field, QStringLiteral("its last character is cut off"));
    }
}

} // namespace Sidewire
