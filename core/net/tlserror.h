// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

/// OpenSSL's failures as sentences.
namespace Sidewire::TlsError {

/// The name of RFC 8446, appendix B.2: "handshake_failure".
QString alertName(int alert);

/// Empties the calling thread's error queue and says what its first entry means: an alert of the peer by its name, the rest
/// by cause. Where TLS gave no reason, `otherwise`.
QString takeReason(const QString &otherwise);

/// What began to come instead of TLS, in words, or empty when it may be TLS (RFC 8446, 5.1).
QString notTls(QByteArrayView firstBytes);

} // namespace Sidewire::TlsError
