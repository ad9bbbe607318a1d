// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <limits>
#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// Owners for what OpenSSL allocates. For the sources of core/net alone: no header that others include names OpenSSL.
namespace Sidewire::OpenSsl {

template<auto Free>
struct Deleter
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using BioPointer = std::unique_ptr<BIO, Deleter<BIO_free>>;
using CertificatePointer = std::unique_ptr<X509, Deleter<X509_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using SslPointer = std::unique_ptr<SSL, Deleter<SSL_free>>;
using TimePointer = std::unique_ptr<ASN1_TIME, Deleter<ASN1_TIME_free>>;
using NamesPointer = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

/// Reads `bytes`, which must outlive it.
inline BioPointer reader(QByteArrayView bytes)
{
    Q_ASSERT(bytes.size() <= std::numeric_limits<int>::max());
    return BioPointer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

inline BioPointer writer()
{
    return BioPointer(BIO_new(BIO_s_mem()));
}

/// What was written into a writer().
inline QByteArrayView written(BIO *bio)
{
    const char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<qsizetype>(size)};
}

} // namespace Sidewire::OpenSsl
