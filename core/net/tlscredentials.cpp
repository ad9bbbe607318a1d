// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlscredentials.h"

#include <QFile>

#include <cstring>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace Sidewire {

namespace {

constexpr qint64 MaxFile = 1024 * 1024;
constexpr std::size_t MaxIssuers = 32;

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Code::Io, QStringLiteral("cannot read %1: %2").arg(path, file.errorString())};
    }
    const QByteArray bytes = file.read(MaxFile + 1);
    if (bytes.size() > MaxFile) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 is too large for a PEM file").arg(path)};
    }
    return bytes;
}

/// What the passphrase callback is given, and what it found out.
struct Passphrase
{
    QByteArray secret;
    bool wasAskedFor = false;

    /// Always set, as OpenSSL's own would ask on the terminal.
    static int give(char *buffer, int size, int, void *data)
    {
        auto *self = static_cast<Passphrase *>(data);
        self->wasAskedFor = true;
        if (self->secret.isEmpty() || self->secret.size() > size) {
            return -1;
        }
        std::memcpy(buffer, self->secret.constData(), static_cast<std::size_t>(self->secret.size()));
        return static_cast<int>(self->secret.size());
    }
};

Result<void> readCertificates(const QByteArray &pem, const QString &path, TlsCredentials &credentials)
{
    const OpenSsl::BioPointer bio = OpenSsl::reader(pem);
    Passphrase none;
    credentials.certificate.reset(PEM_read_bio_X509_AUX(bio.get(), nullptr, Passphrase::give, &none));
    if (!credentials.certificate) {
        ERR_clear_error();
        return Error{Error::Code::Malformed, QStringLiteral("%1 has no certificate in PEM form").arg(path)};
    }
    while (credentials.issuers.size() < MaxIssuers) {
        OpenSsl::CertificatePointer issuer(PEM_read_bio_X509(bio.get(), nullptr, Passphrase::give, &none));
        if (!issuer) {
            break;
        }
        credentials.issuers.push_back(std::move(issuer));
    }
    ERR_clear_error(); // The end of the file is an error to OpenSSL.
    return {};
}

Result<OpenSsl::KeyPointer> readKey(const QByteArray &pem, const QString &path, const QString &secret)
{
    const OpenSsl::BioPointer bio = OpenSsl::reader(pem);
    Passphrase passphrase{secret.toUtf8()};
    OpenSsl::KeyPointer key(PEM_read_bio_PrivateKey(bio.get(), nullptr, Passphrase::give, &passphrase));
    ERR_clear_error();
    if (key) {
        return key;
    }
    if (!passphrase.wasAskedFor) {
        return Error{Error::Code::Malformed, QStringLiteral("%1 has no private key in PEM form").arg(path)};
    }
    return Error{Error::Code::PermissionDenied,
                 secret.isEmpty() ? QStringLiteral("the key %1 is encrypted and needs its passphrase").arg(path)
                                  : QStringLiteral("the passphrase of the key %1 is wrong").arg(path)};
}

} // namespace

Result<TlsCredentials> TlsCredentials::load(const TlsSettings &settings)
{
    const QString &certificateFile = settings.certificateFile;
    const Result<QByteArray> certificate = readFile(certificateFile);
    if (!certificate) {
        return certificate.error();
    }
    TlsCredentials credentials;
    if (const Result<void> read = readCertificates(*certificate, certificateFile, credentials); !read) {
        return read.error();
    }
    const QString keyFile = settings.keyFile.isEmpty() ? certificateFile : settings.keyFile;
    const Result<QByteArray> keyBytes = readFile(keyFile);
    if (!keyBytes) {
        return keyBytes.error();
    }
    Result<OpenSsl::KeyPointer> key = readKey(*keyBytes, keyFile, settings.passphrase);
    if (!key) {
        return key.error();
    }
    credentials.key = *std::move(key);
    if (X509_check_private_key(credentials.certificate.get(), credentials.key.get()) != 1) {
        ERR_clear_error();
        return Error{Error::Code::Usage,
                     QStringLiteral("the key %1 does not belong to the certificate %2").arg(keyFile, certificateFile)};
    }
    return credentials;
}

Result<TlsCredentials> TlsCredentials::fromPem(const QByteArray &certificate, const QByteArray &key)
{
    TlsCredentials credentials;
    const QString what = QStringLiteral("the text");
    if (const Result<void> read = readCertificates(certificate, what, credentials); !read) {
        return read.error();
    }
    Result<OpenSsl::KeyPointer> read = readKey(key, what, {});
    if (!read) {
        return read.error();
    }
    credentials.key = *std::move(read);
    return credentials;
}

} // namespace Sidewire
