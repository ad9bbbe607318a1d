// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A log of ours or a capture of another program.

#include "core/capture/capturereader.h"
#include "tests/fuzz/check.h"

#include <QCryptographicHash>

#include <array>
#include <map>
#include <sys/mman.h>
#include <unistd.h>

using namespace Sidewire;
using Fuzz::check;

namespace {

/// The input as a file without a disk.
std::shared_ptr<CaptureFile> fileOf(QByteArrayView bytes)
{
    static const int descriptor = memfd_create("input", 0);
    const auto size = static_cast<std::size_t>(bytes.size());
    check(ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes.data(), size, 0) == bytes.size(),
          "memory is there");
    return CaptureFile::open(QStringLiteral("/proc/self/fd/%1").arg(descriptor)).value();
}

/// Checks what every reader of a log relies on, and keeps what it heard to compare.
class Visitor final : public CaptureVisitor
{
public:
    explicit Visitor(qint64 fileSize)
        : m_fileSize(fileSize)
        , m_digest(QCryptographicHash::Md5)
    {}

    void onRecord(const CaptureRecord &record) override
    {
        check(toNumber(record.connection) < m_connections, "a record belongs to a connection that was opened");
        check(record.length <= record.wireLength, "no more is stored than crossed the wire");
        check(record.fileOffset >= 0 && record.fileOffset + record.length <= m_fileSize, "a payload lies in the file");
        qint64 &end = m_ends[{record.connection, record.direction}];
        check(record.streamOffset >= end, "the records of a direction do not overlap");
        end = record.streamOffset + record.wireLength;
        add({record.time, record.fileOffset, record.streamOffset, record.length, record.wireLength,
             toNumber(record.connection), qint64(record.direction), record.flags});
    }

    void onEvent(const Event &event) override
    {
        if (event.type == EventType::Opened) {
            check(event.connection == ConnectionId(m_connections), "connections are dense");
            ++m_connections;
        }
        check(!event.connection || toNumber(*event.connection) < m_connections, "an event is of an opened connection");
        m_digest.addData(event.toJson());
        m_digest.addData(event.message.toUtf8());
    }

    QByteArray digest() const { return m_digest.result(); }

private:
    void add(const std::array<qint64, 8> &values)
    {
        m_digest.addData(QByteArrayView(reinterpret_cast<const char *>(values.data()), sizeof values));
    }

    qint64 m_fileSize;
    quint32 m_connections = 0;
    std::map<std::pair<ConnectionId, Direction>, qint64> m_ends;
    QCryptographicHash m_digest;
};

QByteArray read(const std::shared_ptr<CaptureFile> &file, qint64 budget)
{
    auto reader = CaptureReader::open(file);
    if (!reader) {
        check(!reader.error().detail.isEmpty(), "why a file cannot be opened is said");
        return {};
    }
    Visitor visitor(file->committed());
    CaptureReader::Status status = CaptureReader::Status::More;
    while (status == CaptureReader::Status::More) {
        const qint64 before = reader.value()->position();
        status = reader.value()->readSome(visitor, budget);
        check(status != CaptureReader::Status::More || reader.value()->position() > before, "reading goes on");
    }
    check(status == CaptureReader::Status::End, "a file that does not grow has an end");
    check(reader.value()->position() <= file->committed(), "which lies in the file");
    return visitor.digest();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto file = fileOf({data, static_cast<qsizetype>(size)});
    check(read(file, 1) == read(file, 1 << 20), "a block at a time or all at once gives the same");
    return 0;
}
