// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/tlscontext.h"
#include "tests/support/certificates.h"
#include "tests/support/testsupport.h"

#include <QFile>
#include <QObject>
#include <QTest>

using namespace Sidewire;
using Role = TlsContext::Role;

Q_DECLARE_METATYPE(Sidewire::TlsSettings)
Q_DECLARE_METATYPE(Sidewire::Error::Code)

class tst_TlsContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { TestSupport::failOnWarnings(); }
    void namesWhatIsWrongWithTheSettings_data();
    void namesWhatIsWrongWithTheSettings();
    void opensAnEncryptedKey();
    void readsCertificateAndKeyFromOneFile();
    void knowsItsOwnCertificate();

private:
    TlsSettings with(const QString &certificate, const QString &key, const QString &passphrase = {}) const;

    TestSupport::Certificates m_certificates;
};

void tst_TlsContext::initTestCase()
{
    QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
    QFile text(m_certificates.path(QStringLiteral("text")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("no PEM at all\n");
    QFile large(m_certificates.path(QStringLiteral("large")));
    QVERIFY(large.open(QIODevice::WriteOnly));
    QVERIFY(large.resize(100'000'000));
}

TlsSettings tst_TlsContext::with(const QString &certificate, const QString &key, const QString &passphrase) const
{
    TlsSettings settings;
    settings.certificateFile = m_certificates.path(certificate);
    settings.keyFile = key.isEmpty() ? QString() : m_certificates.path(key);
    settings.passphrase = passphrase;
    return settings;
}

void tst_TlsContext::namesWhatIsWrongWithTheSettings_data()
{
    QTest::addColumn<TlsSettings>("settings");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("detail"); // %1 is the folder
    using Code = Error::Code;
    const QString server = QStringLiteral("server.pem");
    const QString text = QStringLiteral("text");
    const QString missing = QStringLiteral("missing");

    const auto row = [](const char *name, const TlsSettings &settings, Code code, const char *detail) {
        QTest::newRow(name) << settings << code << QString::fromLatin1(detail);
    };
    row("no certificate file", with(missing, {}), Code::Io, "cannot read %1/missing: No such file or directory");
    row("a folder", with({}, {}), Code::Io, "cannot read %1: ");
    row("no PEM", with(text, {}), Code::Malformed, "%1/text has no certificate in PEM form");
    row("too large", with(QStringLiteral("large"), {}), Code::TooLarge, "%1/large is too large for a PEM file");
    row("no key file", with(server, missing), Code::Io, "cannot read %1/missing: No such file or directory");
    row("no key in it", with(server, text), Code::Malformed, "%1/text has no private key in PEM form");
    row("no key beside the certificate", with(server, {}), Code::Malformed,
        "%1/server.pem has no private key in PEM form");
    row("no passphrase", with(server, QStringLiteral("encrypted.key")), Code::PermissionDenied,
        "the key %1/encrypted.key is encrypted and needs its passphrase");
    row("a wrong passphrase", with(server, QStringLiteral("encrypted.key"), QStringLiteral("guess")),
        Code::PermissionDenied, "the passphrase of the key %1/encrypted.key is wrong");
    row("the key of another", with(server, QStringLiteral("client.key")), Code::Usage,
        "the key %1/client.key does not belong to the certificate %1/server.pem");
    row("a weak key", with(QStringLiteral("weak.pem"), QStringLiteral("weak.key")), Code::Unsupported,
        "OpenSSL does not take the certificate %1/weak.pem: ee key too small");

    TlsSettings settings;
    settings.keyFile = m_certificates.key(QStringLiteral("server"));
    row("a key alone", settings, Code::Usage, "the key %1/server.key needs its certificate");
    settings = {};
    settings.caFile = m_certificates.path(missing);
    row("no authorities", settings, Code::Io, "cannot read the authorities in %1/missing");
    settings.caFile = m_certificates.path(text);
    row("authorities that are none", settings, Code::Malformed, "%1/text has no certificate in PEM form");
    settings = {};
    settings.ciphers = QStringLiteral("NULL-OF-MINE");
    row("a cipher", settings, Code::Usage, "no such ciphers: \"NULL-OF-MINE\" (\"openssl ciphers\" lists them)");
    settings.ciphers = QStringLiteral("TLS_OF_MINE");
    row("a cipher of TLS 1.3", settings, Code::Usage,
        "no such ciphers: \"TLS_OF_MINE\" (\"openssl ciphers\" lists them)");
    settings = {};
    settings.alpn = QStringList{QString()};
    row("an empty protocol", settings, Code::Usage, "a protocol for ALPN has 1 to 255 bytes: \"\"");
    settings = {};
    settings.minimum = TlsVersion::Tls13;
    settings.maximum = TlsVersion::Tls12;
    row("versions", settings, Code::Usage, "the least TLS version is above the greatest");
}

void tst_TlsContext::namesWhatIsWrongWithTheSettings()
{
    QFETCH(const TlsSettings, settings);
    QFETCH(const Error::Code, code);
    QFETCH(const QString, detail);
    for (const Role role : {Role::Client, Role::Server}) {
        const auto context = TlsContext::create(role, settings);
        QVERIFY(!context);
        QCOMPARE(context.error().code, code);
        const QString expected = QString(detail).replace(QStringLiteral("%1"), m_certificates.path({}));
        QVERIFY2(context.error().detail.startsWith(expected), qPrintable(context.error().detail));
    }
}

void tst_TlsContext::opensAnEncryptedKey()
{
    QVERIFY(TlsContext::create(
        Role::Client, with(QStringLiteral("server.pem"), QStringLiteral("encrypted.key"), QStringLiteral("secret"))));
}

void tst_TlsContext::readsCertificateAndKeyFromOneFile()
{
    QFile both(m_certificates.path(QStringLiteral("both")));
    QVERIFY(both.open(QIODevice::WriteOnly));
    for (const QString &name : {QStringLiteral("client.key"), QStringLiteral("client.pem")}) {
        QFile part(m_certificates.path(name));
        QVERIFY(part.open(QIODevice::ReadOnly));
        both.write(part.readAll());
    }
    both.close();
    const auto context = TlsContext::create(Role::Client, with(QStringLiteral("both"), {}));
    QVERIFY(context);
    QCOMPARE((*context)->ownCertificate()->subject, QStringLiteral("CN=Test client"));
}

void tst_TlsContext::knowsItsOwnCertificate()
{
    const auto client = TlsContext::create(Role::Client, {});
    QVERIFY(client && !(*client)->ownCertificate());
    const auto server = TlsContext::create(Role::Server, {}, {QStringLiteral("box.test")});
    QVERIFY(server && (*server)->ownCertificate());
    QCOMPARE((*server)->ownCertificate()->subject, QStringLiteral("CN=box.test"));
    const QStringList names{QStringLiteral("DNS:box.test"), QStringLiteral("DNS:localhost")};
    QCOMPARE((*server)->ownCertificate()->names, names);
}

QTEST_GUILESS_MAIN(tst_TlsContext)
#include "tst_tlscontext.moc"
