// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "capturewriter.h"

#include "core/base/logging.h"
#include "core/capture/blockspool.h"
#include "core/capture/captureflow.h"
#include "core/capture/filedevice.h"
#include "core/capture/journalentry.h"
#include "core/capture/pcapngblock.h"

#include <QJsonDocument>

#include <cstring>
#include <unordered_map>

namespace Sidewire {

namespace {

constexpr QByteArrayView HandshakeComment = "Synthesised by Sidewire: the connection was opened here";
constexpr QByteArrayView FinComment = "Synthesised by Sidewire: this side ended its stream here";
constexpr QByteArrayView RstComment = "Synthesised by Sidewire: this side reset the connection here";
constexpr QByteArrayView AckComment = "Synthesised by Sidewire: acknowledges what was recorded";
constexpr QByteArrayView TlsComment = "The bytes are the plaintext that TLS carried";

constexpr qsizetype MaxUdpIPv4 = 65507;
constexpr qsizetype MaxUdpIPv6 = 65527;
constexpr qsizetype MaxHeaderComment = 65000; // An option holds 65,535 bytes
constexpr qsizetype MaxEmptyPacket = 256; // Block of a packet without payload, with its comment

/// The block of a record, and of the acknowledgement that may follow it.
qsizetype roomForRecord(qsizetype payload)
{
    return Pcapng::PacketHeadSize + PacketHeader::MaxSize + Pcapng::padded(payload) + Pcapng::packetTailSize(0)
        + MaxEmptyPacket;
}

QByteArray sectionComment(const CaptureHeader &header)
{
    QJsonObject comment{
        {QStringLiteral("format"), QStringLiteral("sidewire/1")},
        {QStringLiteral("target"), header.target},
        {QStringLiteral("options"), header.options},
        {QStringLiteral("tls"), header.isPlaintextOfTls},
    };
    QByteArray json = QJsonDocument(comment).toJson(QJsonDocument::Compact);
    if (json.size() > MaxHeaderComment) {
        comment.remove(QStringLiteral("options"));
        comment.insert(QStringLiteral("target"), header.target.left(4096));
        json = QJsonDocument(comment).toJson(QJsonDocument::Compact);
    }
    return json;
}

} // namespace

class CaptureWriter::Private
{
public:
    Private(std::shared_ptr<CaptureFile> captureFile, qint64 fileSize)
        : file(std::move(captureFile))
        , spool(file, fileSize)
    {}

    CaptureFlow *flow(ConnectionId connection);
    void writeEmptyPacket(CaptureFlow &flow, Direction direction, quint8 flags, QByteArrayView comment, qint64 time);
    bool writeReserved(QByteArrayView bytes);
    void lookAtLimit();

    std::shared_ptr<CaptureFile> file;
    BlockSpool spool;
    std::unordered_map<quint32, CaptureFlow> flows;
    quint32 lastConnection = 0;
    CaptureFlow *lastFlow = nullptr;
    qint64 lostEvents = 0;
    std::function<void()> limitReached; ///< Empty once it was called

    // The reservation that commit() ends.
    CaptureFlow *pendingFlow = nullptr;
    Direction pendingDirection = Direction::In;
    char *pendingBlock = nullptr;
    qsizetype pendingSize = 0;
};

CaptureFlow *CaptureWriter::Private::flow(ConnectionId connection)
{
    const quint32 number = toNumber(connection);
    if (lastFlow && lastConnection == number) {
        return lastFlow;
    }
    const auto found = flows.find(number);
    if (found == flows.end()) {
        return nullptr;
    }
    lastConnection = number;
    lastFlow = &found->second;
    return lastFlow;
}

void CaptureWriter::Private::writeEmptyPacket(CaptureFlow &flow, Direction direction, quint8 flags,
                                              QByteArrayView comment, qint64 time)
{
    char *block = spool.room(MaxEmptyPacket, BlockSpool::Need::Reserve);
    if (!block) {
        return; // The disk is full for long and so is the reserve: the sequence numbers stay, the packet is missing
    }
    const qsizetype size = PacketHeader::tcpSize(flow.key(), flags);
    PacketHeader::writeTcp(block + Pcapng::PacketHeadSize, flow.key(), direction, flow.next(direction, flags, 0), {});
    Pcapng::finishPacket(block, size, direction, time, comment);
    spool.advance(Pcapng::PacketHeadSize + size + Pcapng::packetTailSize(size, comment));
}

bool CaptureWriter::Private::writeReserved(QByteArrayView bytes)
{
    char *block = spool.room(bytes.size(), BlockSpool::Need::Reserve);
    if (!block) {
        return false;
    }
    std::memcpy(block, bytes.data(), static_cast<std::size_t>(bytes.size()));
    spool.advance(bytes.size());
    return true;
}

/// After room was refused: was it for the limit?
void CaptureWriter::Private::lookAtLimit()
{
    if (limitReached && spool.reaches(roomForRecord(MaxTcpPayload))) {
        std::exchange(limitReached, {})();
    }
}

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::create(const QString &path, const CaptureHeader &header)
{
    Result<std::shared_ptr<CaptureFile>> created = CaptureFile::create(path);
    if (!created) {
        return created.error();
    }
    const std::shared_ptr<CaptureFile> file = std::move(created).value();
    const QByteArray start = Pcapng::sectionHeader(header.application.toUtf8(), sectionComment(header))
        + Pcapng::rawInterface("sidewire", header.isPlaintextOfTls ? TlsComment : QByteArrayView());
    const FileDevice::Written written = FileDevice::writeAt(file->descriptor(), 0, start);
    if (written.error) {
        return *written.error;
    }
    file->commit(start.size());
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::make_unique<Private>(file, start.size())));
}

CaptureWriter::CaptureWriter(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

CaptureWriter::~CaptureWriter() = default;

std::shared_ptr<CaptureFile> CaptureWriter::file() const
{
    return d->file;
}

qsizetype CaptureWriter::maxPayload(Transport transport, const Endpoint &local)
{
    if (transport == Transport::Tcp) {
        return MaxTcpPayload;
    }
    return FlowKey::from(transport, local, {}).isIPv6 ? MaxUdpIPv6 : MaxUdpIPv4;
}

void CaptureWriter::openFlow(ConnectionId connection, Transport transport, Direction client, const Endpoint &local,
                             const Endpoint &peer, qint64 time)
{
    const CaptureFlow fresh(connection, FlowKey::from(transport, local, peer));
    CaptureFlow &flow = d->flows.insert_or_assign(toNumber(connection), fresh).first->second;
    if (transport == Transport::Tcp) {
        d->writeEmptyPacket(flow, client, TcpSyn, HandshakeComment, time);
        d->writeEmptyPacket(flow, opposite(client), TcpSyn | TcpAck, HandshakeComment, time);
        d->writeEmptyPacket(flow, client, TcpAck, HandshakeComment, time);
    }
}

std::span<char> CaptureWriter::reserve(ConnectionId connection, Direction direction, qsizetype size)
{
    CaptureFlow *flow = d->flow(connection);
    Q_ASSERT(flow && !d->pendingBlock && size > 0);
    if (!flow) {
        return {};
    }
    const bool isTcp = flow->isTcp();
    size = std::min(size, isTcp ? MaxTcpPayload : flow->key().isIPv6 ? MaxUdpIPv6 : MaxUdpIPv4);
    char *block = d->spool.room(roomForRecord(size), BlockSpool::Need::Record);
    if (!block) {
        d->lookAtLimit();
        return {};
    }
    d->pendingFlow = flow;
    d->pendingDirection = direction;
    d->pendingBlock = block;
    d->pendingSize = size;
    const qsizetype header = isTcp ? PacketHeader::tcpSize(flow->key(), TcpAck) : PacketHeader::udpSize(flow->key());
    return {block + Pcapng::PacketHeadSize + header, static_cast<std::size_t>(size)};
}

void CaptureWriter::commit(qsizetype size, qint64 time)
{
    Q_ASSERT(d->pendingBlock && size <= d->pendingSize);
    char *block = std::exchange(d->pendingBlock, nullptr);
    CaptureFlow &flow = *d->pendingFlow;
    const Direction direction = d->pendingDirection;
    if (size < 0 || (size == 0 && flow.isTcp())) {
        return;
    }
    char *packet = block + Pcapng::PacketHeadSize;
    const qsizetype header =
        flow.isTcp() ? PacketHeader::tcpSize(flow.key(), TcpAck) : PacketHeader::udpSize(flow.key());
    const std::span<const char> payload(packet + header, static_cast<std::size_t>(size));
    if (flow.isTcp()) {
        const TcpFields fields = flow.next(direction, TcpPsh | TcpAck, size);
        PacketHeader::writeTcp(packet, flow.key(), direction, fields, payload);
    } else {
        PacketHeader::writeUdp(packet, flow.key(), direction, payload);
    }
    Pcapng::finishPacket(block, header + size, direction, time);
    d->spool.advance(Pcapng::PacketHeadSize + header + size + Pcapng::packetTailSize(header + size));

    if (flow.needsAcknowledgement(direction)) {
        d->writeEmptyPacket(flow, opposite(direction), TcpAck, AckComment, time);
    }
}

bool CaptureWriter::append(ConnectionId connection, Direction direction, QByteArrayView bytes, qint64 time)
{
    const CaptureFlow *flow = d->flow(connection);
    Q_ASSERT(flow);
    if (!flow) {
        return false;
    }
    if (bytes.isEmpty()) {
        const bool hasRoom = flow->isTcp() || !reserve(connection, direction, 1).empty();
        if (hasRoom && !flow->isTcp()) {
            commit(0, time);
        }
        return hasRoom;
    }
    const qint64 recordCount = (bytes.size() + MaxTcpPayload - 1) / MaxTcpPayload;
    if (flow->isTcp() && recordCount > 1 && !d->spool.hasRoomFor(roomForRecord(MaxTcpPayload), recordCount)) {
        d->lookAtLimit();
        return false;
    }
    while (!bytes.isEmpty()) {
        const std::span<char> target = reserve(connection, direction, bytes.size());
        if (target.empty()) {
            return false; // Only for the first: hasRoomFor() had promised the others
        }
        std::memcpy(target.data(), bytes.data(), target.size());
        commit(std::ssize(target), time);
        bytes = bytes.sliced(std::ssize(target));
        Q_ASSERT(flow->isTcp() || bytes.isEmpty());
    }
    return true;
}

qint64 CaptureWriter::room() const
{
    return d->spool.roomFor(roomForRecord(MaxTcpPayload)) * MaxTcpPayload;
}

bool CaptureWriter::hasRoom()
{
    const bool hasRoom = d->spool.hasRoomFor(roomForRecord(MaxTcpPayload), 1);
    if (!hasRoom) {
        d->lookAtLimit();
    }
    return hasRoom;
}

void CaptureWriter::finishDirection(ConnectionId connection, Direction direction, qint64 time)
{
    CaptureFlow *flow = d->flow(connection);
    if (!flow || !flow->isTcp() || flow->isReset() || flow->isFinished(direction)) {
        return;
    }
    d->writeEmptyPacket(*flow, direction, TcpFin | TcpAck, FinComment, time);
    if (flow->isFinished(opposite(direction))) {
        d->writeEmptyPacket(*flow, opposite(direction), TcpAck, FinComment, time);
    }
}

void CaptureWriter::resetFlow(ConnectionId connection, Direction direction, qint64 time)
{
    CaptureFlow *flow = d->flow(connection);
    if (!flow || !flow->isTcp() || flow->isReset()) {
        return;
    }
    d->writeEmptyPacket(*flow, direction, TcpRst | TcpAck, RstComment, time);
}

void CaptureWriter::appendEvent(const Event &event)
{
    if (d->lostEvents > 0) {
        Event lost;
        lost.time = event.time;
        lost.type = EventType::Note;
        lost.severity = Event::Severity::Error;
        lost.message = QStringLiteral("%1 events were lost because the log could not be written").arg(d->lostEvents);
        if (d->writeReserved(Pcapng::journalBlock(JournalEntry::fromEvent(lost)))) {
            d->lostEvents = 0;
        }
    }
    if (!d->writeReserved(Pcapng::journalBlock(JournalEntry::fromEvent(event)))) {
        ++d->lostEvents;
    }
}

void CaptureWriter::flush()
{
    d->spool.flush();
}

qint64 CaptureWriter::finish()
{
    return d->spool.finish();
}

qint64 CaptureWriter::size() const
{
    return d->spool.size();
}

void CaptureWriter::setSizeLimit(qint64 bytes, std::function<void()> reached)
{
    d->spool.setLimit(bytes);
    d->limitReached = std::move(reached);
}

void CaptureWriter::setRoomAgainCallback(std::function<void()> callback)
{
    d->spool.setRoomAgainCallback(std::move(callback));
}

void CaptureWriter::setStatusCallback(std::function<void(const std::optional<Error> &)> callback)
{
    d->spool.setStatusCallback(std::move(callback));
}

void CaptureWriter::setPlaceCallback(std::function<void(CaptureFile::Place)> callback)
{
    d->spool.setPlaceCallback(std::move(callback));
}

} // namespace Sidewire
