// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/base/types.h"
#include "core/capture/capturefile.h"
#include "core/capture/captureheader.h"
#include "core/capture/event.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <span>

namespace Sidewire {

/// Appends records and events to a log as pcapng blocks (draft-ietf-opsawg-pcapng), from one thread.
///
/// A record becomes an enhanced packet block with a synthesised IP and TCP or UDP header. Nothing here waits for the
/// disk: blocks are built in bounded buffers that a thread of the writer's own writes out and commits. When all are
/// full, reserve() gives nothing and the caller stops reading (TCP) or counts the loss (UDP). Room for events is kept
/// back, so appendEvent() always succeeds.
class CaptureWriter
{
public:
    /// Writes the section header and the interface at once, so that an unwritable place shows here.
    static Result<std::unique_ptr<CaptureWriter>> create(const QString &path, const CaptureHeader &header);

    /// Writes out everything that is buffered and finishes the file. Waits for the disk.
    ~CaptureWriter();
    Q_DISABLE_COPY_MOVE(CaptureWriter)

    /// The file being written, for readers.
    std::shared_ptr<CaptureFile> file() const;

    /// The longest payload that one record can hold: TCP 65,495 bytes (longer writes are split), UDP 65,507 (IPv4) or
    /// 65,527 (IPv6).
    static constexpr qsizetype MaxTcpPayload = 65495;
    static qsizetype maxPayload(Transport transport, const Endpoint &local);

    /// Makes packets of `connection` possible. For TCP it writes SYN, SYN-ACK and ACK, sent by `client`'s side; their
    /// comments say that they are synthesised. Call it once, after the Opened event and before the first record.
    void openFlow(ConnectionId connection, Transport transport, Direction client, const Endpoint &local,
                  const Endpoint &peer, qint64 time);

    /// Room for one record's payload of up to `size` bytes, to be filled in place (a socket read goes straight here).
    /// May be smaller than asked for TCP, down to one byte; never for UDP. Empty when the buffers are full: wait for
    /// the room-again callback. Ends with commit() before anything else is called.
    std::span<char> reserve(ConnectionId connection, Direction direction, qsizetype size);

    /// Makes the first `size` bytes of the reserved room a record; -1 drops the reservation (for UDP 0 is a record).
    void commit(qsizetype size, qint64 time);

    /// Copies `bytes` as one record, or several where a TCP record would be too long. False, with nothing written, when
    /// the buffers are full. What is longer than room() ever gets (about 2.9 MB) has to be cut by the caller.
    bool append(ConnectionId connection, Direction direction, QByteArrayView bytes, qint64 time);

    /// Bytes that append() would surely take now.
    qint64 room() const;

    /// Whether append() would take a TCP record of any size. If not, the callback tells when it is worth asking again.
    bool hasRoom();

    /// A FIN sent by the side that `direction` comes from, and (after both) the last ACKs. Harmless when repeated.
    void finishDirection(ConnectionId connection, Direction direction, qint64 time);

    /// A RST sent by the side that `direction` comes from.
    void resetFlow(ConnectionId connection, Direction direction, qint64 time);

    void appendEvent(const Event &event);

    /// Hands what was appended to the writing thread. Call it at the end of each turn of the event loop.
    void flush();

    /// Writes out what is buffered, as far as the disk takes it at once, and finishes the file: only the destructor may
    /// follow. Returns how many bytes of the log the disk did not take.
    qint64 finish();

    /// Bytes accepted so far, buffered ones included.
    qint64 size() const;

    /// From now on the log takes no record that would make it longer than `bytes` (0: no limit), as if it were full for
    /// good; events go on. `reached` is called by the call that is refused first. Setting another limit begins anew.
    void setSizeLimit(qint64 bytes, std::function<void()> reached);

    /// Called on the writing thread when there is room again after reserve() or append() gave none.
    void setRoomAgainCallback(std::function<void()> callback);

    /// Called on the writing thread when writing fails (full disk, limit, read-only) and when it works again (an Error
    /// with no detail is never passed; success passes nothing). The writer tries again each second and keeps what it has.
    void setStatusCallback(std::function<void(const std::optional<Error> &)> callback);

    /// Called on the writing thread when the file was renamed, removed or put back, within a second of the next write.
    void setPlaceCallback(std::function<void(CaptureFile::Place)> callback);

private:
    class Private;
    explicit CaptureWriter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
