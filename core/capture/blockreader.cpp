// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "blockreader.h"

#include "core/capture/pcapngblock.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>

namespace Sidewire {

namespace {

constexpr qint64 MinSectionLength = 28;
constexpr qint64 MaxSectionLength = 1024 * 1024; // Far more than options hold
constexpr qint64 MaxJournalLength = 1024 * 1024;
constexpr qint64 MaxOptions = 128 * 1024;
constexpr quint32 SwappedMagic = 0x4d3c2b1a;

/// Nanoseconds of `ticks` in the unit of if_tsresol: a negative power of ten, or of two with the highest bit set.
qint64 toNanoseconds(quint64 ticks, quint8 resolution)
{
    constexpr quint64 Second = 1'000'000'000;
    const int exponent = resolution & 0x7f;
    quint64 result = ticks;
    if (resolution & 0x80) {
        if (exponent >= 64) {
            return 0;
        }
        const quint64 seconds = ticks >> exponent;
        quint64 fraction = ticks - (seconds << exponent);
        const int excess = std::max(0, exponent - 32); // So that the product fits
        fraction >>= excess;
        result = seconds * Second + (fraction * Second >> (exponent - excess));
    } else {
        for (int i = exponent; i < 9; ++i) {
            result *= 10;
        }
        for (int i = 9; i < exponent; ++i) {
            result /= 10;
        }
    }
    return static_cast<qint64>(std::min<quint64>(result, std::numeric_limits<qint64>::max()));
}

/// Adds seconds without leaving what nanoseconds can hold.
qint64 shifted(qint64 time, qint64 seconds)
{
    constexpr qint64 Limit = 4'000'000'000; // Until the year 2096
    return std::clamp(time, qint64(0), Limit * 1'000'000'000) + std::clamp(seconds, -Limit, Limit) * 1'000'000'000;
}

} // namespace

BlockReader::BlockReader(const CaptureFile &file)
    : m_window(file, ReadWindow::Cores::Two)
{}

template<typename T>
T BlockReader::number(const char *at) const
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return m_isSwapped ? qbswap(value) : value;
}

BlockReader::Found BlockReader::next(qint64 end)
{
    if (m_position == end) {
        return Found::End;
    }
    if (end - m_position < Pcapng::BlockOverhead) {
        return Found::Torn;
    }
    const char *head = m_window.at(m_position, Pcapng::BlockOverhead);
    if (!head) {
        return failure();
    }
    const auto type = number<quint32>(head);
    if (type == Pcapng::SectionHeaderBlock) { // The same in both byte orders
        return readSection(end);
    }
    const qint64 length = number<quint32>(head + 4);
    if (length < Pcapng::BlockOverhead || length % 4 != 0) {
        return Found::Damaged;
    }
    if (length > end - m_position) {
        return Found::Torn;
    }
    const Found found = readBlock(type, length);
    if (found != Found::Damaged && found != Found::Failed) {
        m_position += length;
    }
    return found;
}

BlockReader::Found BlockReader::readBlock(quint32 type, qint64 length)
{
    Found found = Found::Other;
    switch (type) {
    case Pcapng::EnhancedPacketBlock:
        found = readEnhancedPacket(length);
        break;
    case Pcapng::SimplePacketBlock:
        found = readSimplePacket(length);
        break;
    case Pcapng::ObsoletePacketBlock:
        found = readObsoletePacket(length);
        break;
    case Pcapng::InterfaceBlock:
        found = readInterface(length);
        break;
    case Pcapng::JournalBlock:
        return readJournal(length);
    default:
        break;
    }
    if (found == Found::Damaged || found == Found::Failed) {
        return found;
    }
    const char *trailer = m_window.at(m_position + length - 4, 4);
    if (!trailer) {
        return failure();
    }
    return number<quint32>(trailer) == length ? found : Found::Damaged;
}

BlockReader::Found BlockReader::readSection(qint64 end)
{
    if (end - m_position < MinSectionLength) {
        return Found::Torn;
    }
    const char *head = m_window.at(m_position, MinSectionLength);
    if (!head) {
        return failure();
    }
    quint32 magic = 0;
    std::memcpy(&magic, head + 8, sizeof magic);
    if (magic != Pcapng::ByteOrderMagic && magic != SwappedMagic) {
        return Found::Damaged;
    }
    m_isSwapped = magic == SwappedMagic;
    const qint64 length = number<quint32>(head + 4);
    const auto major = number<quint16>(head + 12);
    if (major != 1 || length < MinSectionLength || length % 4 != 0 || length > MaxSectionLength) {
        return Found::Damaged;
    }
    if (length > end - m_position) {
        return Found::Torn;
    }
    const char *trailer = m_window.at(m_position + length - 4, 4);
    if (!trailer || number<quint32>(trailer) != length) {
        return failure();
    }
    m_interfaces.clear();
    m_application.clear();
    m_comment.clear();
    readOptions(options(m_position + 24, m_position + length - 4), [this](quint16 code, QByteArrayView value) {
        if (code == Pcapng::Comment && m_comment.isEmpty()) {
            m_comment = value.toByteArray();
        } else if (code == Pcapng::SectionApplication) {
            m_application = value.toByteArray();
        }
    });
    m_position += length;
    return Found::Section;
}

BlockReader::Found BlockReader::readInterface(qint64 length)
{
    constexpr qint64 HeadSize = 16;
    const char *head = length >= HeadSize + 4 ? m_window.at(m_position, HeadSize) : nullptr;
    if (!head) {
        return failure();
    }
    Interface interface;
    interface.linkType = number<quint16>(head + 8);
    readOptions(options(m_position + HeadSize, m_position + length - 4), [&](quint16 code, QByteArrayView value) {
        if (code == Pcapng::InterfaceTimeResolution && !value.isEmpty()) {
            interface.timeResolution = static_cast<quint8>(value.front());
        } else if (code == Pcapng::InterfaceTimeOffset && value.size() == 8) {
            interface.timeOffset = number<qint64>(value.data());
        }
    });
    m_interfaces.push_back(interface);
    return Found::Other;
}

BlockReader::Found BlockReader::readEnhancedPacket(qint64 length)
{
    const char *at = length >= Pcapng::PacketHeadSize + 4 ? m_window.at(m_position, Pcapng::PacketHeadSize) : nullptr;
    if (!at) {
        return failure();
    }
    const quint64 high = number<quint32>(at + 12);
    const PacketHead head{
        .interface = number<quint32>(at + 8),
        .headSize = Pcapng::PacketHeadSize,
        .captured = number<quint32>(at + 20),
        .original = number<quint32>(at + 24),
        .ticks = high << 32 | number<quint32>(at + 16),
    };
    return readPacket(head, length);
}

BlockReader::Found BlockReader::readSimplePacket(qint64 length)
{
    constexpr qint64 HeadSize = 12;
    const char *at = length >= HeadSize + 4 ? m_window.at(m_position, HeadSize) : nullptr;
    if (!at) {
        return failure();
    }
    const qint64 original = number<quint32>(at + 8);
    const PacketHead head{
        .interface = 0,
        .headSize = HeadSize,
        .captured = std::min(original, length - HeadSize - 4),
        .original = original,
        .ticks = 0,
        .hasTicks = false,
    };
    return readPacket(head, length);
}

BlockReader::Found BlockReader::readObsoletePacket(qint64 length)
{
    const char *at = length >= Pcapng::PacketHeadSize + 4 ? m_window.at(m_position, Pcapng::PacketHeadSize) : nullptr;
    if (!at) {
        return failure();
    }
    const quint64 high = number<quint32>(at + 12);
    const PacketHead head{
        .interface = number<quint16>(at + 8),
        .headSize = Pcapng::PacketHeadSize,
        .captured = number<quint32>(at + 20),
        .original = number<quint32>(at + 24),
        .ticks = high << 32 | number<quint32>(at + 16),
    };
    return readPacket(head, length);
}

BlockReader::Found BlockReader::readPacket(const PacketHead &head, qint64 length)
{
    if (head.captured > length - head.headSize - 4) {
        return Found::Damaged;
    }
    m_packet.time = 0;
    m_packet.direction.reset();
    const qint64 begin = m_position + head.headSize;
    if (head.interface < m_interfaces.size()) {
        const Interface &interface = m_interfaces[head.interface];
        const qint64 size = std::min<qint64>(head.captured, PacketParserWindow);
        const char *bytes = m_window.at(begin, size);
        if (!bytes) {
            return failure();
        }
        // In place: no copy for every packet of a log.
        new (&m_packet.info)
            PacketInfo(parsePacket(interface.linkType, {bytes, static_cast<std::size_t>(size)}, head.original));
        if (head.hasTicks) {
            m_packet.time = shifted(toNanoseconds(head.ticks, interface.timeResolution), interface.timeOffset);
        }
    } else {
        m_packet.info = {};
    }
    const PacketInfo &info = m_packet.info;
    m_packet.payloadOffset = begin + info.payloadOffset;
    m_packet.payloadSize = static_cast<quint32>(info.payloadSize);
    m_packet.payloadCaptured =
        static_cast<quint32>(std::clamp<qint64>(head.captured - info.payloadOffset, 0, info.payloadSize));

    const qint64 end = begin + Pcapng::padded(head.captured);
    readOptions(options(end, m_position + length - 4), [this](quint16 code, QByteArrayView value) {
        if (code == Pcapng::PacketFlags && value.size() == 4) {
            const quint32 flags = number<quint32>(value.data()) & 3;
            if (flags == Pcapng::packetFlags(Direction::In)) {
                m_packet.direction = Direction::In;
            } else if (flags == Pcapng::packetFlags(Direction::Out)) {
                m_packet.direction = Direction::Out;
            }
        }
    });
    return Found::Packet;
}

BlockReader::Found BlockReader::readJournal(qint64 length)
{
    if (length > MaxJournalLength) {
        return Found::Other;
    }
    const char *block = m_window.at(m_position, length);
    if (!block) {
        return failure();
    }
    if (number<quint32>(block + length - 4) != length) {
        return Found::Damaged;
    }
    m_journal = QByteArrayView(block + 8, length - Pcapng::BlockOverhead);
    return Found::Journal;
}

/// Bytes [begin, end) as far as they are looked at; none where they cannot be read.
inline QByteArrayView BlockReader::options(qint64 begin, qint64 end)
{
    const qsizetype size = std::min(end - begin, MaxOptions);
    const char *bytes = size >= 4 ? m_window.at(begin, size) : nullptr;
    return bytes ? QByteArrayView(bytes, size) : QByteArrayView();
}

template<typename Use>
void BlockReader::readOptions(QByteArrayView options, Use use) const
{
    while (options.size() >= 4) {
        const auto code = number<quint16>(options.data());
        const qsizetype size = number<quint16>(options.data() + 2);
        if (code == Pcapng::EndOfOptions || size > options.size() - 4) {
            return;
        }
        use(code, options.sliced(4, size));
        options = options.sliced(std::min(4 + Pcapng::padded(size), options.size()));
    }
}

} // namespace Sidewire
