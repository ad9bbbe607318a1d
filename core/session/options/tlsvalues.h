// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/net/tlssettings.h"

#include <QString>

namespace Sidewire {

/// The TLS options that are more than a word.
namespace TlsValues {

/// Sets `verify` and `fingerprint`: "on", "off" or a SHA-256 fingerprint, with or without colons.
Result<void> setVerify(TlsSettings &tls, const QString &text);
QString fromVerify(const TlsSettings &tls);

Result<TlsVersion> version(const QString &text);
QString fromVersion(TlsVersion version);

Result<TlsSettings::ClientCertificate> clientCertificate(const QString &text);
QString fromClientCertificate(TlsSettings::ClientCertificate value);

Result<QStringList> alpn(const QString &text);

/// The first line of a file.
Result<QString> readPassphrase(const QString &path);

} // namespace TlsValues

} // namespace Sidewire
