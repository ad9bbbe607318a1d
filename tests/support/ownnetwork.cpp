// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "ownnetwork.h"

#include <QFile>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#if defined(Q_OS_LINUX)
#include <sched.h>
#include <unistd.h>
#endif

namespace Sidewire::TestSupport {

#if defined(Q_OS_LINUX)

namespace {

// Both ends of the cable are ours, so each must take what comes from an address of the machine itself; and addresses are
// of use at once, without looking for doubles of them first.
constexpr const char *Setup = R"(
set -e
cd /proc/sys/net
for each in all default; do
    echo 1 > ipv4/conf/$each/accept_local
    echo 0 > ipv4/conf/$each/rp_filter
    echo 0 > ipv6/conf/$each/accept_dad
done
ip link set lo up
ip address add 10.9.8.7/24 broadcast + dev lo
ip link add left type veth peer name right
ip address add 10.1.0.1/24 broadcast + dev left
ip address add 10.1.0.2/24 broadcast + dev right
ip address add fd01::1/64 dev left nodad
ip address add fd01::2/64 dev right nodad
ip link set left up
ip link set right up
)";

bool write(const char *path, const QByteArray &text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool leaveNetwork()
{
    if (::unshare(CLONE_NEWNET) == 0) {
        return true;
    }
    const QByteArray user = QByteArray::number(::getuid());
    return ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 && write("/proc/self/uid_map", "0 " + user + " 1");
}

} // namespace

QString enterOwnNetwork()
{
    if (!leaveNetwork()) {
        return QStringLiteral("the kernel forbids a network of one's own: %1")
            .arg(QString::fromLocal8Bit(std::strerror(errno)));
    }
    if (std::system(Setup) != 0) { // NOLINT(concurrency-mt-unsafe)
        return QStringLiteral("the network could not be set up with the program ip");
    }
    return {};
}

#else

QString enterOwnNetwork()
{
    return QStringLiteral("only Linux has networks for one process");
}

#endif

} // namespace Sidewire::TestSupport
