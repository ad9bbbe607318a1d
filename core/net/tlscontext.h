// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/tlsfacts.h"
#include "core/net/tlssettings.h"

#include <QStringList>

#include <memory>
#include <optional>

struct ssl_ctx_st; // OpenSSL's SSL_CTX

namespace Sidewire {

/// What the connections of one client or one listener share: the settings with their files read. Making it names whatever
/// is wrong with them before anything is connected. Only a key that needs a passphrase, or another one, is an error with
/// Code::PermissionDenied, so that the user can be asked for it.
///
/// Immutable, so one can serve any number of TlsStreams. With SSLKEYLOGFILE in the environment each of their secrets is
/// appended to that file, as Wireshark and the browsers know it.
class TlsContext
{
    Q_DISABLE_COPY_MOVE(TlsContext)

public:
    enum class Role : quint8 { Client, Server };

    /// `names` are for the certificate that a server without a file makes for itself (ThrowAwayCertificate).
    static Result<std::shared_ptr<const TlsContext>> create(Role role, const TlsSettings &settings,
                                                            const QStringList &names = {});

    Role role() const { return m_role; }
    const TlsSettings &settings() const { return m_settings; }

    /// The certificate that this end presents, if any: for a listener to say.
    const std::optional<CertificateFacts> &ownCertificate() const { return m_ownCertificate; }

    ssl_ctx_st *handle() const { return m_handle.get(); }

    /// Frees what OpenSSL keeps for the calling thread: the last thing that a thread with connections does.
    static void leaveThread();

private:
    TlsContext(Role role, const TlsSettings &settings);

    Result<void> build(const QStringList &names);
    Result<void> present(const QStringList &names);

    Role m_role;
    TlsSettings m_settings;
    std::shared_ptr<ssl_ctx_st> m_handle;
    std::optional<CertificateFacts> m_ownCertificate;
};

} // namespace Sidewire
