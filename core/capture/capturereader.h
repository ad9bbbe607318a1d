// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/base/types.h"
#include "core/capture/capturefile.h"
#include "core/capture/captureheader.h"
#include "core/capture/event.h"

#include <memory>

namespace Sidewire {

enum class RecordFlag : quint8 {
    GapBefore = 0x01, ///< Bytes before this record are missing; its stream offset counts them
    CutShort = 0x02, ///< The capture's snap length cut it: fewer bytes are stored than crossed the wire
};

/// One read, write, datagram or (foreign capture) segment, as found in a log.
struct CaptureRecord
{
    qint64 time = 0;
    qint64 fileOffset = 0; ///< Of the payload in the file
    qint64 streamOffset = 0; ///< In bytes of its direction
    quint32 length = 0; ///< Bytes stored
    quint32 wireLength = 0; ///< Bytes that crossed; differs from length with CutShort
    ConnectionId connection{};
    Direction direction = Direction::In;
    quint8 flags = 0; ///< RecordFlag bits
};

/// Who is told of what a log holds, in file order (foreign captures: in stream order).
class CaptureVisitor
{
public:
    virtual ~CaptureVisitor() = default;
    virtual void onRecord(const CaptureRecord &record) = 0;
    virtual void onEvent(const Event &event) = 0;
};

/// Parses a log block by block: our own and foreign pcapng files alike. It never changes the file.
///
/// Incremental: readSome() goes on where the last call stopped, so that a growing file is followed by calling it again.
/// A foreign capture (TCP or UDP over raw IP, Ethernet, Linux cooked or loopback link types) is given as if it were
/// ours: an Opened event for each conversation, its segments in order, and Retransmitted, Missing and Cut events where they are.
class CaptureReader
{
public:
    /// Reads the section header. Fails with a sentence that names what the file is not ("this is a classic pcap file;
    /// editcap -F pcapng converts it").
    static Result<std::unique_ptr<CaptureReader>> open(std::shared_ptr<CaptureFile> file);

    ~CaptureReader();
    Q_DISABLE_COPY_MOVE(CaptureReader)

    const CaptureHeader &header() const;

    enum class Status {
        More, ///< The budget is used up; call again
        UpToDate, ///< Everything committed has been read and the file may grow
        End, ///< Nothing more will come
        Failed, ///< A disk error; see error()
    };

    /// Parses about `budget` bytes of blocks (at least one block). A torn or zero-filled tail of a file that no longer grows ends
    /// with a Note event that tells its size and place.
    Status readSome(CaptureVisitor &visitor, qint64 budget);

    /// How far it has read, in bytes of the file.
    qint64 position() const;

    const Error &error() const;

private:
    class Private;
    explicit CaptureReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
