// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pcapngblock.h"

#include <cstring>

namespace Sidewire::Pcapng {

namespace {

constexpr quint32 SnapLength = 262144; // The most that libpcap takes; 0, "no limit", was not always understood
constexpr qsizetype MaxOption = 65535;
constexpr qsizetype FlagsSize = 8;

// Blocks are in the byte order of the machine; the section header says which.
template<typename T>
char *put(char *at, T value)
{
    std::memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

char *putPadding(char *at, qsizetype size)
{
    const qsizetype padding = padded(size) - size;
    std::memset(at, 0, static_cast<std::size_t>(padding));
    return at + padding;
}

char *putBytes(char *at, QByteArrayView bytes)
{
    if (!bytes.isEmpty()) {
        std::memcpy(at, bytes.data(), static_cast<std::size_t>(bytes.size()));
    }
    return putPadding(at + bytes.size(), bytes.size());
}

char *putOption(char *at, Option code, QByteArrayView value)
{
    at = put<quint16>(at, code);
    at = put(at, static_cast<quint16>(value.size()));
    return putBytes(at, value);
}

qsizetype optionSize(QByteArrayView value)
{
    return 4 + padded(value.size());
}

template<typename T>
void append(QByteArray &bytes, T value)
{
    bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
}

void appendOption(QByteArray &bytes, Option code, QByteArrayView value)
{
    if (value.isEmpty()) {
        return;
    }
    value.truncate(std::min(value.size(), MaxOption));
    const qsizetype at = bytes.size();
    bytes.resize(at + optionSize(value));
    putOption(bytes.data() + at, code, value);
}

QByteArray block(quint32 type, QByteArrayView body)
{
    const auto length = static_cast<quint32>(BlockOverhead + padded(body.size()));
    QByteArray bytes(length, Qt::Uninitialized);
    char *at = put(bytes.data(), type);
    at = put(at, length);
    at = putBytes(at, body);
    put(at, length);
    return bytes;
}

} // namespace

QByteArray sectionHeader(QByteArrayView application, QByteArrayView comment)
{
    QByteArray body;
    append(body, ByteOrderMagic);
    append<quint16>(body, 1); // Version 1.0
    append<quint16>(body, 0);
    append<qint64>(body, -1); // Length of the section: until the end of the file
    appendOption(body, Comment, comment);
    appendOption(body, SectionApplication, application);
    append<quint32>(body, EndOfOptions);
    return block(SectionHeaderBlock, body);
}

QByteArray rawInterface(QByteArrayView name, QByteArrayView comment)
{
    QByteArray body;
    append<quint16>(body, LinkRaw);
    append<quint16>(body, 0);
    append(body, SnapLength);
    appendOption(body, Comment, comment);
    appendOption(body, InterfaceName, name);
    appendOption(body, InterfaceTimeResolution, QByteArrayView("\x09", 1)); // Nanoseconds
    append<quint32>(body, EndOfOptions);
    return block(InterfaceBlock, body);
}

QByteArray journalBlock(QByteArrayView entry)
{
    return block(JournalBlock, entry);
}

qsizetype packetTailSize(qsizetype packetSize, QByteArrayView comment)
{
    const qsizetype commentSize = comment.isEmpty() ? 0 : optionSize(comment);
    return padded(packetSize) - packetSize + commentSize + FlagsSize + 4 + 4;
}

void finishPacket(char *at, qsizetype packetSize, Direction direction, qint64 time, QByteArrayView comment)
{
    const auto length = static_cast<quint32>(PacketHeadSize + packetSize + packetTailSize(packetSize, comment));
    char *head = put<quint32>(at, EnhancedPacketBlock);
    head = put(head, length);
    head = put<quint32>(head, 0); // The one interface
    head = put(head, static_cast<quint32>(static_cast<quint64>(time) >> 32));
    head = put(head, static_cast<quint32>(time));
    head = put(head, static_cast<quint32>(packetSize)); // Captured
    put(head, static_cast<quint32>(packetSize)); // On the wire

    char *tail = putPadding(at + PacketHeadSize + packetSize, packetSize);
    if (!comment.isEmpty()) {
        tail = putOption(tail, Comment, comment);
    }
    tail = put<quint16>(tail, PacketFlags);
    tail = put<quint16>(tail, 4);
    tail = put(tail, packetFlags(direction));
    tail = put<quint32>(tail, EndOfOptions);
    put(tail, length);
}

} // namespace Sidewire::Pcapng
