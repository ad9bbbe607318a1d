// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "capturereader.h"

#include "core/capture/blockreader.h"
#include "core/capture/foreignlog.h"
#include "core/capture/ownlog.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>

namespace Sidewire {

namespace {

using Found = BlockReader::Found;

Error notALog(const QString &what)
{
    return {Error::Code::Unsupported, what};
}

/// Why a file that does not begin with a pcapng section header cannot be opened.
Error describe(const CaptureFile &file)
{
    char bytes[512] = {};
    const qint64 size = file.read(0, bytes);
    if (size < 0) {
        return {Error::Code::Io, QStringLiteral("this file cannot be read: the disk reports an error")};
    }
    if (size == 0) {
        return notALog(QStringLiteral("this file is empty"));
    }
    if (size >= 4) {
        switch (qFromBigEndian<quint32>(bytes)) {
        case 0xa1b2c3d4:
        case 0xd4c3b2a1:
        case 0xa1b23c4d: // Nanoseconds
        case 0x4d3cb2a1:
            return notALog(QStringLiteral("this is a classic pcap file; editcap -F pcapng converts it"));
        case 0x28b52ffd:
            return notALog(QStringLiteral("this file is compressed with zstd; unzstd unpacks it"));
        case 0x0a0d0d0a:
            return {Error::Code::Malformed, QStringLiteral("this is a pcapng file whose section header is damaged")};
        default:
            break;
        }
    }
    if (size >= 2 && qFromBigEndian<quint16>(bytes) == 0x1f8b) {
        return notALog(QStringLiteral("this file is compressed with gzip; gunzip unpacks it"));
    }
    const auto isText = [](char c) {
        return (c >= 0x20 && c < 0x7f) || (c >= '\t' && c <= '\r') || c < 0;
    };
    if (std::all_of(bytes, bytes + size, isText)) {
        return notALog(QStringLiteral("this is a text file, not a pcapng capture"));
    }
    return notALog(QStringLiteral("this is not a pcapng capture"));
}

} // namespace

class CaptureReader::Private
{
public:
    explicit Private(std::shared_ptr<CaptureFile> captureFile)
        : file(std::move(captureFile))
        , blocks(*file)
    {}

    Result<void> readHeader();
    void use(Found found, CaptureVisitor &visitor);
    Status stop(Found found, qint64 end, CaptureVisitor &visitor);
    void tellTail(Found found, qint64 end, CaptureVisitor &visitor);

    std::shared_ptr<CaptureFile> file;
    BlockReader blocks;
    CaptureHeader header;
    std::unique_ptr<LogInterpreter> interpreter;
    bool isOver = false;
    Error error;
};

Result<void> CaptureReader::Private::readHeader()
{
    if (blocks.next(file->committed()) != Found::Section) {
        return describe(*file);
    }
    header.application = QString::fromUtf8(blocks.application());
    const QJsonObject comment = QJsonDocument::fromJson(blocks.comment()).object();
    const QString format = comment.value(QLatin1StringView("format")).toString();
    if (format == u"sidewire/1") {
        header.target = comment.value(QLatin1StringView("target")).toString();
        header.options = comment.value(QLatin1StringView("options")).toObject();
        header.isPlaintextOfTls = comment.value(QLatin1StringView("tls")).toBool();
        interpreter = std::make_unique<OwnLog>();
        return {};
    }
    if (format.startsWith(u"sidewire/")) {
        return Error{Error::Code::Unsupported, QStringLiteral("this log was written by a later version of Sidewire")};
    }
    header.isForeign = true;
    interpreter = std::make_unique<ForeignLog>();
    return {};
}

void CaptureReader::Private::use(Found found, CaptureVisitor &visitor)
{
    switch (found) {
    case Found::Packet:
        interpreter->onPacket(blocks.packet(), visitor);
        break;
    case Found::Journal:
        interpreter->onJournal(blocks.journal(), visitor);
        break;
    case Found::Section:
        interpreter->onSection(visitor);
        break;
    default:
        break;
    }
}

CaptureReader::Status CaptureReader::Private::stop(Found found, qint64 end, CaptureVisitor &visitor)
{
    if (found == Found::Failed) {
        error = {Error::Code::Io, QStringLiteral("the log cannot be read any further: the disk reports an error")};
        return Status::Failed;
    }
    isOver = true;
    interpreter->finish(visitor);
    if (found != Found::End) {
        tellTail(found, end, visitor);
    }
    return Status::End;
}

void CaptureReader::Private::tellTail(Found found, qint64 end, CaptureVisitor &visitor)
{
    const qint64 position = blocks.position();
    char first[12] = {};
    const qint64 count = file->read(position, first);
    const bool isZero = count > 0 && std::all_of(first, first + count, [](char c) { return c == 0; });
    const QString what = isZero ? QStringLiteral("are zeros, as a crash leaves them")
        : found == Found::Torn  ? QStringLiteral("are the beginning of a block that was not finished")
                                : QStringLiteral("are damaged");
    interpreter->note(visitor,
                      QStringLiteral("The last %1 bytes of the file, from byte %2 on, %3; they are not shown")
                          .arg(end - position)
                          .arg(position)
                          .arg(what));
}

Result<std::unique_ptr<CaptureReader>> CaptureReader::open(std::shared_ptr<CaptureFile> file)
{
    auto p = std::make_unique<Private>(std::move(file));
    if (Result<void> read = p->readHeader(); !read) {
        return read.error();
    }
    return std::unique_ptr<CaptureReader>(new CaptureReader(std::move(p)));
}

CaptureReader::CaptureReader(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

CaptureReader::~CaptureReader() = default;

const CaptureHeader &CaptureReader::header() const
{
    return d->header;
}

CaptureReader::Status CaptureReader::readSome(CaptureVisitor &visitor, qint64 budget)
{
    if (d->isOver) {
        return Status::End;
    }
    // In this order: what was committed before the file stopped growing must not be missed.
    const bool isGrowing = d->file->isGrowing();
    const qint64 end = d->file->committed();
    const qint64 enough = d->blocks.position() + std::max<qint64>(budget, 1);
    do {
        const Found found = d->blocks.next(end);
        switch (found) {
        case Found::End:
            if (isGrowing) {
                return Status::UpToDate;
            }
            [[fallthrough]];
        case Found::Torn:
        case Found::Damaged:
        case Found::Failed:
            return d->stop(found, end, visitor);
        default:
            d->use(found, visitor);
        }
    } while (d->blocks.position() < enough);
    return Status::More;
}

qint64 CaptureReader::position() const
{
    return d->blocks.position();
}

const Error &CaptureReader::error() const
{
    return d->error;
}

} // namespace Sidewire
