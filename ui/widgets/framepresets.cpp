// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framepresets.h"

namespace Sidewire {

namespace {

constexpr int LongestControl = 125; // RFC 6455, 5.5
constexpr quint64 TopBit = 1ULL << 63;

Payload text(const QString &content, Opcode opcode = Opcode::Text)
{
    Payload payload;
    payload.text = content;
    payload.as = Payload::As::Frames;
    payload.frames.frame.opcode = static_cast<quint8>(opcode);
    return payload;
}

Payload hex(const QString &content, Opcode opcode)
{
    Payload payload = text(content, opcode);
    payload.mode = Payload::Mode::Hex;
    return payload;
}

template<typename Change>
Payload with(Payload payload, Change change)
{
    change(payload.frames);
    return payload;
}

} // namespace

std::vector<FramePreset> FramePresets::all()
{
    using Settings = FrameSettings;
    const QString hello = QStringLiteral("hello");
    return {
        {tr("Unmasked, as a client"), Violation::UnmaskedClient,
         with(text(hello), [](Settings &to) { to.frame.masking = FrameSpec::Masking::Off; })},
        {tr("Masked, as a server"), Violation::MaskedServer,
         with(text(hello), [](Settings &to) { to.frame.masking = FrameSpec::Masking::Random; })},
        {tr("Fragmented ping"), Violation::FragmentedControl,
         with(text(hello, Opcode::Ping), [](Settings &to) { to.frame.fragmentSize = 3; })},
        {tr("Ping of 126 bytes"), Violation::ControlTooLong,
         text(QString(LongestControl + 1, QLatin1Char('x')), Opcode::Ping)},
        {tr("Reserved opcode"), Violation::ReservedOpcode, text(hello, static_cast<Opcode>(3))},
        {tr("RSV1 without an extension"), Violation::ReservedBit,
         with(text(hello), [](Settings &to) { to.frame.reserved = 4; })},
        {tr("Length not minimal"), Violation::LengthNotMinimal,
         with(text(hello), [](Settings &to) { to.frame.lengthCoding = FrameSpec::LengthCoding::Bits16; })},
        {tr("Length with its top bit set"), Violation::LengthTopBit,
         with(text(hello), [](Settings &to) { to.frame.declaredLength = TopBit | 5; })},
        {tr("Stray continuation"), Violation::StrayContinuation, text(hello, Opcode::Continuation)},
        {tr("Text inside a fragmented message"), Violation::DataInsideFragmented,
         with(text(hello), [](Settings &to) { to.before = Settings::Before::OpenText; })},
        {tr("Text that is not UTF-8"), Violation::InvalidUtf8, hex(QStringLiteral("61 c3 28"), Opcode::Text)},
        {tr("Close with code 1005"), Violation::InvalidCloseCode, hex(QStringLiteral("03 ed"), Opcode::Close)},
        {tr("Close with one byte"), Violation::InvalidCloseBody, hex(QStringLiteral("03"), Opcode::Close)},
        {tr("Text behind a Close frame"), Violation::DataAfterClose,
         with(text(hello), [](Settings &to) { to.before = Settings::Before::Close; })},
        // Breaks no rule until it ends there
        {tr("Header without its payload"), Violation{},
         with(text({}), [](Settings &to) { to.frame.declaredLength = 5; })},
    };
}

QString FramePresets::ruleOf(const FramePreset &preset)
{
    for (const ViolationText &each : describeViolations(bit(preset.breaks))) {
        return QStringLiteral("%1: %2").arg(QLatin1StringView(each.section.data(), qsizetype(each.section.size())),
                                            QString::fromUtf8(each.sentence.data(), qsizetype(each.sentence.size())));
    }
    return tr("The payload never comes: everything that follows is taken for it");
}

} // namespace Sidewire
