// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "core/net/tlssettings.h"

#include <vector>

struct x509_st; // OpenSSL's X509
struct x509_store_ctx_st; // and X509_STORE_CTX

namespace Sidewire {

/// Whom a certificate has to be for: a DNS name in its ASCII form, or an address.
struct TlsPeerName
{
    QString name;
    bool isAddress = false;

    /// Without brackets, scope and the dot at the end.
    static TlsPeerName of(const QString &host);
};

/// Checks the chain of one peer and goes on after each problem, so that all are known at once. Revocation is not checked.
class TlsVerification
{
public:
    TlsVerification(TlsSettings::Verify mode, const QString &fingerprint, const TlsPeerName &peer);

    /// Says whether the handshake may go on.
    bool verify(x509_store_ctx_st *store);

    bool isDone() const { return m_isDone; }
    bool isRefused() const { return m_isRefused; }
    const std::vector<TlsProblem> &problems() const { return m_problems; }
    const std::vector<CertificateFacts> &chain() const { return m_chain; }

    /// All problems in one sentence.
    QString summary() const;

    /// For OpenSSL: notes one problem.
    void onProblem(x509_store_ctx_st *store);

private:
    void readChain(x509_store_ctx_st *store);
    void checkPin();
    void add(int depth, const QString &what);

    TlsSettings::Verify m_mode;
    QString m_fingerprint;
    TlsPeerName m_peer;
    std::vector<TlsProblem> m_problems;
    std::vector<CertificateFacts> m_chain;
    int m_firstError = 0;
    bool m_isPinned = false;
    bool m_isDone = false;
    bool m_isRefused = false;
};

} // namespace Sidewire
