// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"

struct x509_st; // OpenSSL's X509
struct X509_name_st; // and X509_NAME

/// What certificates say, as values.
namespace Sidewire::CertificateReader {

/// Everything of it, with control characters replaced and what is too long cut off.
CertificateFacts facts(x509_st *certificate);

/// "CN=example.test, O=Example"
QString nameText(const X509_name_st *name);

/// 64 lower-case hex digits of SHA-256.
QString fingerprint(x509_st *certificate);

/// Whom it is for, as a host check sees it: its alternative names, or else the common name. Empty when it names nobody.
QStringList hosts(x509_st *certificate);

} // namespace Sidewire::CertificateReader
