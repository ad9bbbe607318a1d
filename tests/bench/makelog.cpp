// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// makelog datagrams FILE RECORDS: a log with so many datagrams of 64 bytes.
// makelog stream FILE RAW: a log of a TCP connection that has read the bytes of a file.

#include "benchlog.h"
#include "loopback.h"

#include <QFile>

#include <array>
#include <cstdio>
#include <cstring>

using namespace Sidewire;

namespace {

constexpr const char *Usage = "makelog datagrams FILE RECORDS | makelog stream FILE RAW";

void makeDatagrams(const QString &path, qint64 count)
{
    Bench::BenchLog log(path, Transport::Udp);
    std::array<char, 64> datagram{};
    for (qint64 number = 0; number < count; ++number) {
        std::memcpy(datagram.data(), &number, sizeof number);
        log.append({datagram.data(), datagram.size()});
    }
}

int makeStream(const QString &path, const QString &raw)
{
    QFile source(raw);
    if (!source.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s\n", qPrintable(source.errorString()));
        return 1;
    }
    Bench::BenchLog log(path, Transport::Tcp);
    QByteArray bytes(CaptureWriter::MaxTcpPayload, Qt::Uninitialized);
    for (qint64 size = source.read(bytes.data(), bytes.size()); size > 0;
         size = source.read(bytes.data(), bytes.size())) {
        log.append(QByteArrayView(bytes).first(size));
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [argv](int index) {
        return QString::fromLocal8Bit(argv[index]);
    };
    if (argc == 4 && std::strcmp(argv[1], "datagrams") == 0) {
        makeDatagrams(argument(2), Bench::numberArgument(argc, argv, 3, Usage));
        return 0;
    }
    if (argc == 4 && std::strcmp(argv[1], "stream") == 0) {
        return makeStream(argument(2), argument(3));
    }
    std::fprintf(stderr, "%s\n", Usage);
    return 1;
}
