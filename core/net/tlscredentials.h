// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/net/opensslhandle.h"
#include "core/net/tlssettings.h"

#include <QByteArray>

#include <vector>

namespace Sidewire {

/// What one end presents itself with: its certificate, those of its issuers, and its key.
struct TlsCredentials
{
    OpenSsl::CertificatePointer certificate;
    std::vector<OpenSsl::CertificatePointer> issuers;
    OpenSsl::KeyPointer key;

    /// From the settings' files. Every error names the file; Code::PermissionDenied is for passphrases alone.
    static Result<TlsCredentials> load(const TlsSettings &settings);

    static Result<TlsCredentials> fromPem(const QByteArray &certificate, const QByteArray &key);
};

} // namespace Sidewire
