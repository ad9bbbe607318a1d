// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/dialogs/optionsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;

namespace {

SessionSpec specOf(const char *target, const SessionOptions &options = {})
{
    SessionSpec spec = *SessionSpec::fromTarget(QString::fromLatin1(target));
    spec.options = options;
    return spec;
}

/// A target for which the option means something.
SessionSpec specFor(const QString &name)
{
    for (const char *target : {"wss://a/", "wss-listen://:1", "udp://a:1", "tls://a:1", "tls-listen://:1"}) {
        SessionSpec spec = specOf(target);
        if (SessionOptions::appliesTo(name, spec.scheme, spec.role)) {
            return spec;
        }
    }
    return {};
}

} // namespace

class tst_OptionsDialog : public QObject
{
    Q_OBJECT

private:
    static QWidget &field(const OptionsDialog &dialog, const char *name)
    {
        auto *found = dialog.findChild<QWidget *>(QStringLiteral("option-%1").arg(QLatin1String(name)));
        Q_ASSERT(found);
        return *found;
    }
    static bool isShown(const OptionsDialog &dialog, const char *name)
    {
        const auto *found = dialog.findChild<QWidget *>(QStringLiteral("option-%1").arg(QLatin1String(name)));
        return found && found->isVisible();
    }
    static QString problem(const OptionsDialog &dialog, const char *name)
    {
        const auto *label = dialog.findChild<QLabel *>(QStringLiteral("problem-%1").arg(QLatin1String(name)));
        return label->isVisible() ? label->text() : QString();
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void everyOptionComesBack_data();
    void everyOptionComesBack();
    void theProxyComesBackWithItsPassword();
    void theFormGrowsFromShortToAll();
    void onlyWhatTheSchemeTakesIsShown();
    void aSearchFindsByNameAndMeaning();
    void aMistakeIsSaidAtItsFieldAndTheDialogStays();
    void whatDoesNotApplyIsSaid();
    void whatIsChangedIsMarkedAndReset();
    void secretsAreMasked();
    void thePassphraseStaysInMemory();
    void aRunningSessionCanConnectAgain();
    void fitsASmallScreen();
};

void tst_OptionsDialog::everyOptionComesBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("values");
    QFile file(m_folder.filePath(QStringLiteral("passphrase")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("secret\n") > 0);
    const QHash<QString, QStringList> values{
        {QStringLiteral("answer"), {QStringLiteral("greet:hello there")}},
        {QStringLiteral("auth"), {QStringLiteral("me:secret ")}},
        {QStringLiteral("bind"), {QStringLiteral("127.0.0.1:5000")}},
        {QStringLiteral("connect-timeout"), {QStringLiteral("1500")}},
        {QStringLiteral("log-limit"), {QStringLiteral("500M")}},
        {QStringLiteral("reconnect"), {QStringLiteral("250")}},
        {QStringLiteral("interface"), {QStringLiteral("lo")}},
        {QStringLiteral("family"), {QStringLiteral("6")}},
        {QStringLiteral("reuse-address"), {QStringLiteral("on")}},
        {QStringLiteral("nodelay"), {QStringLiteral("off")}},
        {QStringLiteral("keepalive"), {QStringLiteral("30,5,3")}},
        {QStringLiteral("linger"), {QStringLiteral("0")}},
        {QStringLiteral("sndbuf"), {QStringLiteral("4096")}},
        {QStringLiteral("rcvbuf"), {QStringLiteral("8192")}},
        {QStringLiteral("tos"), {QStringLiteral("16")}},
        {QStringLiteral("ttl"), {QStringLiteral("9")}},
        {QStringLiteral("backlog"), {QStringLiteral("7")}},
        {QStringLiteral("broadcast"), {QStringLiteral("on")}},
        {QStringLiteral("multicast"), {QStringLiteral("239.1.2.3"), QStringLiteral("ff02::1234,lo")}},
        {QStringLiteral("multicast-ttl"), {QStringLiteral("0")}},
        {QStringLiteral("multicast-loop"), {QStringLiteral("off")}},
        {QStringLiteral("proxy"), {QStringLiteral("socks5://a:1080")}},
        {QStringLiteral("verify"), {QString(64, u'a')}},
        {QStringLiteral("sni"), {QStringLiteral("example.org")}},
        {QStringLiteral("alpn"), {QStringLiteral("h2,http/1.1")}},
        {QStringLiteral("tls-min"), {QStringLiteral("1.2")}},
        {QStringLiteral("tls-max"), {QStringLiteral("1.3")}},
        {QStringLiteral("ciphers"), {QStringLiteral("ECDHE+AESGCM")}},
        {QStringLiteral("ca"), {QStringLiteral("/tmp/ca.pem")}},
        {QStringLiteral("cert"), {QStringLiteral("/tmp/cert.pem")}},
        {QStringLiteral("key"), {QStringLiteral("/tmp/key.pem")}},
        {QStringLiteral("passphrase-file"), {file.fileName()}},
        {QStringLiteral("client-cert"), {QStringLiteral("require")}},
        {QStringLiteral("subprotocol"), {QStringLiteral("chat,superchat")}},
        {QStringLiteral("header"),
         {QStringLiteral("X-One: 1"), QStringLiteral("x-one: 2"), QStringLiteral("X-One: 1")}},
        {QStringLiteral("cookie"), {QStringLiteral("a=1"), QStringLiteral("b=2")}},
        {QStringLiteral("origin"), {QStringLiteral("https://example.org")}},
        {QStringLiteral("inflate-limit"), {QStringLiteral("1000")}},
        {QStringLiteral("deflate"), {QStringLiteral("client_no_context_takeover; server_max_window_bits=10")}},
        {QStringLiteral("autopong"), {QStringLiteral("250")}},
        {QStringLiteral("redirects"), {QStringLiteral("3")}},
        {QStringLiteral("upgrade"), {QStringLiteral("ask")}},
        {QStringLiteral("accept-path"), {QStringLiteral("/a"), QStringLiteral("/b")}},
        {QStringLiteral("accept-origin"), {QStringLiteral("https://example.org")}},
        {QStringLiteral("refuse-status"), {QStringLiteral("404")}},
    };
    for (const QString &name : SessionOptions::names()) {
        QVERIFY2(values.contains(name), qPrintable(name)); // A new option needs a row here
        QTest::newRow(qPrintable(name)) << name << values.value(name);
    }
}

void tst_OptionsDialog::everyOptionComesBack()
{
    QFETCH(QString, name);
    QFETCH(QStringList, values);
    SessionSpec spec = specFor(name);
    for (const QString &value : values) {
        const Result<void> set = spec.options.set(name, value);
        QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    }
    QVERIFY(spec.options != SessionOptions());
    OptionsDialog dialog(spec, OptionsDialog::For::NextSession);
    dialog.show();
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(dialog.options() == spec.options);
}

void tst_OptionsDialog::theProxyComesBackWithItsPassword()
{
    SessionOptions options;
    options.proxy = {ProxySettings::Kind::HttpConnect, QStringLiteral("::1"), 3128, QStringLiteral("m@e"),
                     QStringLiteral("p:ss@word/%")};
    OptionsDialog dialog(specOf("tcp://a:1", options), OptionsDialog::For::NextSession);
    dialog.accept();
    QVERIFY(dialog.options() == options);
    dialog.findChild<QComboBox *>(QStringLiteral("proxyKind"))->setCurrentIndex(0);
    dialog.accept();
    QVERIFY(dialog.options() == SessionOptions());
}

void tst_OptionsDialog::theFormGrowsFromShortToAll()
{
    OptionsDialog dialog(specOf("tls://a:1"), OptionsDialog::For::NextSession);
    dialog.show();
    QVERIFY(isShown(dialog, "verify"));
    QVERIFY(!isShown(dialog, "tos"));
    dialog.findChild<QCheckBox *>(QStringLiteral("showAllOptions"))->setChecked(true);
    for (const QString &name : SessionOptions::names()) {
        QCOMPARE(isShown(dialog, qPrintable(name)), SessionOptions::appliesTo(name, Scheme::Tls, Role::Client));
    }

    // What is set is in the short form.
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("tos"), QStringLiteral("8")));
    OptionsDialog other(specOf("tls://a:1", options), OptionsDialog::For::NextSession);
    other.show();
    QVERIFY(isShown(other, "tos"));
}

void tst_OptionsDialog::onlyWhatTheSchemeTakesIsShown()
{
    OptionsDialog tcp(specOf("tcp://a:1"), OptionsDialog::For::NextSession);
    tcp.show();
    QVERIFY(isShown(tcp, "bind"));
    QVERIFY(!isShown(tcp, "origin"));
    QVERIFY(!isShown(tcp, "answer"));
    QVERIFY(!isShown(tcp, "verify")); // Only when TLS is started
    OptionsDialog listener(specOf("ws-listen://:1"), OptionsDialog::For::NextSession);
    listener.show();
    QVERIFY(isShown(listener, "answer"));
    QVERIFY(!isShown(listener, "bind"));
}

void tst_OptionsDialog::aSearchFindsByNameAndMeaning()
{
    OptionsDialog dialog(specOf("tcp://a:1"), OptionsDialog::For::NextSession);
    dialog.show();
    auto *search = dialog.findChild<QLineEdit *>(QStringLiteral("optionSearch"));
    search->setText(QStringLiteral("SO_SNDBUF"));
    QVERIFY(isShown(dialog, "sndbuf"));
    QVERIFY(!isShown(dialog, "bind"));
    search->setText(QStringLiteral("keep"));
    QVERIFY(isShown(dialog, "keepalive"));
}

void tst_OptionsDialog::aMistakeIsSaidAtItsFieldAndTheDialogStays()
{
    OptionsDialog dialog(specOf("ws://a:1/"), OptionsDialog::For::NextSession);
    dialog.show();
    auto *headers = field(dialog, "header").findChild<QPlainTextEdit *>();
    headers->setPlainText(QStringLiteral("no colon here"));
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QVERIFY2(problem(dialog, "header").contains(QStringLiteral("Name: value")), qPrintable(problem(dialog, "header")));
    QVERIFY(problem(dialog, "bind").isEmpty());
    headers->setPlainText(QStringLiteral("A: b"));
    QVERIFY(problem(dialog, "header").isEmpty());
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.options().headers.size(), std::size_t(1));
}

void tst_OptionsDialog::whatDoesNotApplyIsSaid()
{
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("origin"), QStringLiteral("https://example.org")));
    OptionsDialog dialog(specOf("udp://a:1", options), OptionsDialog::For::NextSession);
    dialog.show();
    QVERIFY(isShown(dialog, "origin"));
    QVERIFY(!problem(dialog, "origin").isEmpty());
    dialog.accept();
    QVERIFY(dialog.isVisible());
    dialog.findChild<QToolButton *>(QStringLiteral("reset-origin"))->click();
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(dialog.options() == SessionOptions());
}

void tst_OptionsDialog::whatIsChangedIsMarkedAndReset()
{
    OptionsDialog dialog(specOf("tcp://a:1"), OptionsDialog::For::NextSession);
    dialog.show();
    auto *reset = dialog.findChild<QToolButton *>(QStringLiteral("reset-connect-timeout"));
    auto *line = field(dialog, "connect-timeout").findChild<QLineEdit *>();
    QVERIFY(!reset->isVisible());
    line->setText(QStringLiteral("10000")); // As by default
    QVERIFY(!reset->isVisible());
    line->setText(QStringLiteral("500"));
    QVERIFY(reset->isVisible());
    reset->click();
    QVERIFY(line->text().isEmpty());
    QVERIFY(!reset->isVisible());

    line->setText(QStringLiteral("500"));
    field(dialog, "bind").findChild<QLineEdit *>()->setText(QStringLiteral("127.0.0.1"));
    dialog.findChild<QPushButton *>(QStringLiteral("resetAllButton"))->click();
    dialog.accept();
    QVERIFY(dialog.options() == SessionOptions());
}

void tst_OptionsDialog::secretsAreMasked()
{
    SessionOptions options;
    options.auth = QStringLiteral("me:secret");
    options.proxy = {ProxySettings::Kind::Socks5, QStringLiteral("a"), 1, QStringLiteral("u"), QStringLiteral("p")};
    OptionsDialog dialog(specOf("wss://a/", options), OptionsDialog::For::NextSession);
    dialog.show();
    const auto secrets = dialog.findChildren<QLineEdit *>(QStringLiteral("secretField"));
    QCOMPARE(secrets.size(), 3); // And the passphrase
    for (const QLineEdit *secret : secrets) {
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
    }
    auto *auth = field(dialog, "auth").findChild<QLineEdit *>();
    field(dialog, "auth").findChild<QToolButton *>()->click();
    QCOMPARE(auth->echoMode(), QLineEdit::Normal);
}

void tst_OptionsDialog::thePassphraseStaysInMemory()
{
    OptionsDialog dialog(specOf("tls://a:1"), OptionsDialog::For::NextSession);
    field(dialog, "passphrase").findChild<QLineEdit *>()->setText(QStringLiteral("open sesame"));
    dialog.accept();
    QCOMPARE(dialog.options().tls.passphrase, QStringLiteral("open sesame"));
    QVERIFY(dialog.options().toJson(SessionOptions::Secrets::Include).isEmpty());

    OptionsDialog again(specOf("tls://a:1", dialog.options()), OptionsDialog::For::NextSession);
    again.accept();
    QVERIFY(again.options() == dialog.options());
}

void tst_OptionsDialog::aRunningSessionCanConnectAgain()
{
    OptionsDialog dialog(specOf("tls://a:1"), OptionsDialog::For::RunningSession);
    dialog.show();
    auto *again = dialog.findChild<QPushButton *>(QStringLiteral("applyAndReconnectButton"));
    auto *timeout = field(dialog, "connect-timeout").findChild<QLineEdit *>();
    timeout->setText(QStringLiteral("never"));
    again->click();
    QVERIFY(dialog.isVisible());
    QVERIFY(!dialog.wantsReconnect());
    timeout->clear();
    again->click();
    QVERIFY(!dialog.isVisible());
    QVERIFY(dialog.wantsReconnect());
}

void tst_OptionsDialog::fitsASmallScreen()
{
    for (const char *target : {"tcp://a:1", "wss://a/", "udp-listen://:1", "wss-listen://:1"}) {
        OptionsDialog dialog(specOf(target), OptionsDialog::For::RunningSession);
        dialog.findChild<QCheckBox *>(QStringLiteral("showAllOptions"))->setChecked(true);
        dialog.show();
        QVERIFY(dialog.height() <= 700 && dialog.width() <= 1300);
        QVERIFY(dialog.minimumSizeHint().height() <= 700);
    }
}

QTEST_MAIN(tst_OptionsDialog)
#include "tst_optionsdialog.moc"
