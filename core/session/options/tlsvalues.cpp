// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlsvalues.h"

#include "core/session/options/optionvalues.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace Sidewire {

using OptionValues::mismatch;
using OptionValues::usage;

namespace {

constexpr qint64 LongestPassphrase = 4096;
constexpr qsizetype FingerprintDigits = 64;
constexpr qsizetype LongestProtocolName = 255; // RFC 7301, 3.1

struct VersionName
{
    const char *name;
    TlsVersion version;
};

constexpr std::array VersionNames = {
    VersionName{"any", TlsVersion::Any},   VersionName{"1.0", TlsVersion::Tls10}, VersionName{"1.1", TlsVersion::Tls11},
    VersionName{"1.2", TlsVersion::Tls12}, VersionName{"1.3", TlsVersion::Tls13},
};

} // namespace

Result<void> TlsValues::setVerify(TlsSettings &tls, const QString &text)
{
    if (text == u"on" || text == u"off") {
        tls.verify = text == u"on" ? TlsSettings::Verify::On : TlsSettings::Verify::Off;
        tls.fingerprint.clear();
        return {};
    }
    QString digits = text.toLower();
    digits.remove(u':').remove(u' ');
    const bool isHex = std::all_of(digits.begin(), digits.end(),
                                   [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    if (!isHex || digits.size() != FingerprintDigits) {
        return mismatch();
    }
    tls.verify = TlsSettings::Verify::Pinned;
    tls.fingerprint = digits;
    return {};
}

QString TlsValues::fromVerify(const TlsSettings &tls)
{
    switch (tls.verify) {
    case TlsSettings::Verify::On:
        break;
    case TlsSettings::Verify::Off:
        return QStringLiteral("off");
    case TlsSettings::Verify::Pinned:
        return tls.fingerprint;
    }
    return QStringLiteral("on");
}

Result<TlsVersion> TlsValues::version(const QString &text)
{
    for (const VersionName &entry : VersionNames) {
        if (text == QLatin1String(entry.name)) {
            return entry.version;
        }
    }
    return mismatch();
}

QString TlsValues::fromVersion(TlsVersion version)
{
    return QLatin1String(std::find_if(VersionNames.begin(), VersionNames.end(), [version](const VersionName &entry) {
                             return entry.version == version;
                         })->name);
}

Result<TlsSettings::ClientCertificate> TlsValues::clientCertificate(const QString &text)
{
    using ClientCertificate = TlsSettings::ClientCertificate;
    for (const auto value : {ClientCertificate::None, ClientCertificate::Ask, ClientCertificate::Require}) {
        if (text == fromClientCertificate(value)) {
            return value;
        }
    }
    return mismatch();
}

QString TlsValues::fromClientCertificate(TlsSettings::ClientCertificate value)
{
    switch (value) {
    case TlsSettings::ClientCertificate::None:
        break;
    case TlsSettings::ClientCertificate::Ask:
        return QStringLiteral("ask");
    case TlsSettings::ClientCertificate::Require:
        return QStringLiteral("require");
    }
    return QStringLiteral("none");
}

Result<QStringList> TlsValues::alpn(const QString &text)
{
    const QStringList names = OptionValues::split(text);
    for (const QString &name : names) {
        if (name.toUtf8().size() > LongestProtocolName || OptionValues::hasControlCharacter(name)) {
            return usage(QStringLiteral("\"%1\" cannot be the name of a protocol: 1 to 255 bytes").arg(name));
        }
    }
    return names;
}

Result<QString> TlsValues::readPassphrase(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Code::Io, QStringLiteral("cannot read %1: %2").arg(path, file.errorString())};
    }
    QByteArray line = file.readLine(LongestPassphrase + 2);
    while (line.endsWith('\n') || line.endsWith('\r')) {
        line.chop(1);
    }
    if (line.isEmpty() || line.size() > LongestPassphrase) {
        return usage(QStringLiteral("the first line of %1 is not a passphrase of 1 to 4096 bytes").arg(path));
    }
    return QString::fromUtf8(line);
}

} // namespace Sidewire
