// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

struct ssl_ctx_st; // OpenSSL's SSL_CTX

/// Secrets for Wireshark, in the format of NSS: only when SSLKEYLOGFILE names a file.
namespace Sidewire::KeyLog {

void install(ssl_ctx_st *context);

} // namespace Sidewire::KeyLog
