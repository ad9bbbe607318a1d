// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framespec.h"

#include <QtEndian>

#include <algorithm>

namespace Sidewire {

namespace {

using Coding = FrameSpec::LengthCoding;

// RFC 6455, 5.2
constexpr quint64 Max7 = 127; // 126 and 127 say that a longer length follows; here it may be missing
constexpr quint64 MaxShort = 125;
constexpr quint64 Max16 = 0xffff;
constexpr qsizetype MaxControlPayload = 125; // 5.5

Coding shortest(quint64 length)
{
    return length <= MaxShort ? Coding::Bits7 : length <= Max16 ? Coding::Bits16 : Coding::Bits64;
}

Error usage(const QString &sentence)
{
    return {Error::Code::Usage, sentence};
}

} // namespace

Result<void> FrameSpec::check() const
{
    if (opcode > 15 || reserved > 7) {
        return usage(QStringLiteral("an opcode has four bits, RSV three"));
    }
    if (fragmentSize < 0) {
        return usage(QStringLiteral("a fragment size is not negative"));
    }
    if (fragmentCount() > MaxFragments) {
        return usage(
            QStringLiteral("%1 fragments; at most %2 are sent at once").arg(fragmentCount()).arg(MaxFragments));
    }
    if (declaredLength && fragmentCount() > 1) {
        return usage(QStringLiteral("a declared length is for one frame, and these are %1").arg(fragmentCount()));
    }
    const quint64 largest = declaredLength.value_or(static_cast<quint64>(payloadSize(0)));
    const quint64 limit = lengthCoding == Coding::Bits7 ? Max7 : lengthCoding == Coding::Bits16 ? Max16 : largest;
    if (largest > limit) {
        return usage(QStringLiteral("a length of %1 does not fit into %2 bits")
                         .arg(largest)
                         .arg(lengthCoding == Coding::Bits7 ? 7 : 16));
    }
    return {};
}

qint64 FrameSpec::fragmentCount() const
{
    if (fragmentSize <= 0 || payload.isEmpty()) {
        return 1;
    }
    return (payload.size() - 1) / fragmentSize + 1;
}

qint64 FrameSpec::payloadSize(qint64 index) const
{
    return fragmentSize <= 0 ? payload.size() : std::min(fragmentSize, payload.size() - index * fragmentSize);
}

qint64 FrameSpec::wireSize(FrameDecoder::Sender sender) const
{
    const qint64 count = fragmentCount();
    const qint64 last = header(count - 1, sender, {}).size();
    return payload.size() + (count > 1 ? (count - 1) * header(0, sender, {}).size() : 0) + last;
}

bool FrameSpec::isMaskedBy(FrameDecoder::Sender sender) const
{
    return masking == Masking::ByRole ? sender == FrameDecoder::Sender::Client : masking != Masking::Off;
}

bool FrameSpec::isClose() const
{
    const bool isHonest = !declaredLength || *declaredLength == static_cast<quint64>(payload.size());
    return opcode == static_cast<quint8>(Opcode::Close) && isFinal && reserved == 0 && isHonest && fragmentCount() == 1
        && payload.size() <= MaxControlPayload;
}

QByteArray FrameSpec::header(qint64 index, FrameDecoder::Sender sender, const Key &random) const
{
    const bool isLast = index == fragmentCount() - 1;
    const quint64 length = declaredLength.value_or(static_cast<quint64>(payloadSize(index)));
    const Coding coding = lengthCoding == Coding::Shortest ? shortest(length) : lengthCoding;

    char bytes[14] = {};
    qsizetype size = 2;
    bytes[0] = static_cast<char>((isFinal && isLast ? 0x80 : 0) | (index == 0 ? (reserved << 4) | opcode : 0));
    quint8 first = 0;
    switch (coding) {
    case Coding::Shortest:
    case Coding::Bits7:
        first = static_cast<quint8>(length);
        break;
    case Coding::Bits16:
        first = 126;
        qToBigEndian(static_cast<quint16>(length), bytes + size);
        size += 2;
        break;
    case Coding::Bits64:
        first = 127;
        qToBigEndian(length, bytes + size);
        size += 8;
        break;
    }
    const bool isMasked = isMaskedBy(sender);
    bytes[1] = static_cast<char>((isMasked ? 0x80 : 0) | first);
    if (isMasked) {
        const Key &used = masking == Masking::Chosen ? key : random;
        std::copy(used.begin(), used.end(), bytes + size);
        size += qsizetype(used.size());
    }
    return {bytes, size};
}

QByteArray FrameSpec::fragment(qint64 index, FrameDecoder::Sender sender, const Key &random) const
{
    QByteArray wire = header(index, sender, random);
    const qsizetype begin = wire.size();
    wire += QByteArrayView(payload).sliced(fragmentSize > 0 ? index * fragmentSize : 0, payloadSize(index));
    if (isMaskedBy(sender)) {
        applyMask(wire.data() + begin, wire.size() - begin, masking == Masking::Chosen ? key : random);
    }
    return wire;
}

} // namespace Sidewire
