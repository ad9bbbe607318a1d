// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commandexport.h"
#include "core/session/commands/commandimport.h"
#include "tests/support/testsupport.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace Sidewire;
using CommandExport::Tool;

namespace {

constexpr SessionOptions::Secrets Include = SessionOptions::Secrets::Include;
constexpr SessionOptions::Secrets LeaveOut = SessionOptions::Secrets::LeaveOut;

SessionSpec make(const QString &target, const QStringList &options = {})
{
    const Result<SessionSpec> parsed = SessionSpec::fromTarget(target);
    Q_ASSERT(parsed);
    SessionSpec spec = *parsed;
    for (const QString &option : options) {
        const Result<void> set = spec.options.set(option.section(u'=', 0, 0), option.section(u'=', 1));
        if (!set) {
            qFatal("%s", qPrintable(set.error().detail));
        }
    }
    return spec;
}

QByteArray told(const SessionSpec &spec)
{
    return spec.target().toUtf8() + ' ' + QJsonDocument(spec.options.toJson(Include)).toJson(QJsonDocument::Compact);
}

void row(const char *tool, const char *name, const QString &target, const QStringList &options = {})
{
    QTest::addRow("%s, %s", tool, name) << QString::fromLatin1(tool) << target << options;
}

} // namespace

class tst_CommandExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void writesWhatPeopleWouldType_data();
    void writesWhatPeopleWouldType();
    void saysWhatAToolCannotOpen_data();
    void saysWhatAToolCannotOpen();
    void saysWhatAToolIsNotTold();
    void leavesSecretsOutUnlessAsked();
    void valuesAreQuotedForTheShell();
    void pythonCompiles_data();
    void pythonCompiles();
    void knowsItsTools();
};

void tst_CommandExport::comesBackAsItWas_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QStringList>("options");

    const QStringList request{"header=X-Text: it's \"quoted\" $x `y` \\ ü",
                              "header=x-text: again",
                              "header=Host: other",
                              "origin=https://o",
                              "subprotocol=a,b",
                              "cookie=a=1",
                              "cookie=b=2 3",
                              "connect-timeout=1500"};
    const QStringList tls{"verify=off", "ca=my ca.pem", "cert=c:\\c.pem", "key=k.pem"};
    row("curl", "plain", "ws://h/");
    row("curl", "request", "wss://h:8443/a?b=1&c='x'", request + QStringList{"auth=me:p w:'x'"});
    row("curl", "bearer", "ws://h/", {"auth=bearer T0k.x-y"});
    row("curl", "tls", "wss://[::1]/", tls + QStringList{"ciphers=A:B", "tls-min=1.2", "tls-max=1.3"});
    row("curl", "connection", "ws://h/",
        {"family=6", "bind=[::1]:5000", "nodelay=off", "redirects=3", "proxy=http://me:p%40w@p:3128"});
    row("curl", "interface", "ws://h/", {"interface=lo", "bind=:5000", "proxy=socks5://p:1080"});
    const QStringList noTimeout = request.mid(0, request.size() - 1);
    row("wscat", "plain", "ws://h:1/x");
    row("wscat", "request", "wss://h/a?b=1", noTimeout + tls + QStringList{"auth=me:pw", "redirects=3"});
    row("wscat", "bearer", "ws://h/", {"auth=bearer T0k", "proxy=http://me:pw@p:3128"});
    row("wscat", "listener", "ws-listen://[::1]:9001");
    row("websocat", "request", "wss://h/a?b=1", noTimeout + QStringList{"auth=me:pw", "verify=off", "sni=n"});
    row("websocat", "socks", "ws://h/", {"proxy=socks5://[::1]:1080", "auth=bearer x"});
    row("websocat", "listener", "ws-listen://127.0.0.1:1", {"answer=echo", "subprotocol=a,b", "accept-path=/x"});
    row("ncat", "tcp", "tcp://h:80");
    row("ncat", "tcp options", "tcp://[::1]:80",
        {"family=6", "bind=[::1]:5000", "connect-timeout=250", "proxy=socks5://me:p%3Aw@[::1]:9"});
    row("ncat", "udp", "udp://h:53", {"bind=127.0.0.1"});
    row("ncat", "tls", "tls://h:443", {"alpn=a,b", "sni=n", "ca=c a", "cert=c", "key=k", "ciphers=X", "bind=:7"});
    row("ncat", "tls without verifying", "tls://h:443", {"verify=off"});
    row("ncat", "listener", "tcp-listen://127.0.0.1:5000", {"answer=echo"});
    row("ncat", "any listener", "tcp-listen://:5000", {"answer=discard", "family=4"});
    row("ncat", "tls listener", "tls-listen://:5000", {"cert=c", "key=k"});
    row("ncat", "udp listener", "udp-listen://[::1]:5000", {"answer=echo"});
    row("socat", "tcp", "tcp://h:80");
    row("socat", "tcp options", "tcp://[::1]:80",
        {"bind=[::1]:5000", "interface=e,0", "keepalive=9,8,7", "linger=0", "sndbuf=4096", "rcvbuf=8192", "tos=16",
         "ttl=9", "nodelay=off", "reuse-address=on", "connect-timeout=250"});
    row("socat", "proxy", "tcp://h:80", {"proxy=http://me:pw@p:3128", "bind=:5000"});
    row("socat", "udp", "udp://h:53", {"family=4", "bind=127.0.0.1"});
    row("socat", "multicast", "udp://224.1.0.1:6666",
        {"bind=0.0.0.0:6666", "multicast=224.1.0.1,lo", "multicast=224.1.0.2", "multicast-ttl=2", "multicast-loop=off",
         "broadcast=on", "reuse-address=on"});
    row("socat", "multicast v6", "udp://[ff02::1]:6666", {"multicast=ff02::1,lo"});
    row("socat", "tls", "tls://h:443",
        {"family=4", "sni=n", "ca=c,a", "cert=c", "key=k", "ciphers=A:B", "tls-min=1.2", "tls-max=1.3", "verify=off"});
    row("socat", "listener", "tcp-listen://127.0.0.1:5000", {"answer=echo", "backlog=9", "reuse-address=on"});
    row("socat", "any listener", "tcp-listen://:5000");
    row("socat", "v4 listener", "tcp-listen://:5000", {"family=4"});
    row("socat", "v6 listener", "tcp-listen://:5000", {"family=6"});
    row("socat", "v6 address listener", "tcp-listen://[::1]:5000");
    row("socat", "tls listener", "tls-listen://:5000", {"cert=c", "client-cert=require", "ca=x"});
    row("socat", "tls listener for all", "tls-listen://[::1]:5000", {"cert=c"});
    row("socat", "udp listener", "udp-listen://:5000", {"multicast=224.1.0.1", "answer=echo"});
}

void tst_CommandExport::comesBackAsItWas()
{
    QFETCH(const QString, tool);
    QFETCH(const QString, target);
    QFETCH(const QStringList, options);
    const SessionSpec spec = make(target, options);
    const Result<ExportedCommand> command = CommandExport::write(spec, *CommandExport::fromString(tool), Include);
    QVERIFY2(command, command ? "" : qPrintable(command.error().detail));
    const Result<ImportedCommand> imported = CommandImport::read(command->text);
    QVERIFY2(imported, qPrintable(command->text + u'\n' + (imported ? QString() : imported.error().detail)));
    QCOMPARE(imported->tool, tool);
    QCOMPARE(told(imported->spec), told(spec));
    QVERIFY(imported->spec == spec);
    const QStringList unsaid = command->notes.filter(QStringLiteral("is not told"));
    QVERIFY2(unsaid.isEmpty(), qPrintable(unsaid.join(u'\n')));
}

void tst_CommandExport::writesWhatPeopleWouldType_data()
{
    QTest::addColumn<SessionSpec>("spec");
    QTest::addColumn<Tool>("tool");
    QTest::addColumn<QString>("text");
    const auto expect = [](const char *text, Tool tool, const SessionSpec &spec) {
        QTest::newRow(text) << spec << tool << QString::fromLatin1(text);
    };
    expect("ncat example.org 80", Tool::Ncat, make("tcp://example.org:80"));
    expect("ncat --ssl --ssl-verify h 443", Tool::Ncat, make("tls://h:443"));
    expect("ncat -l -k 5000", Tool::Ncat, make("tcp-listen://:5000"));
    expect("ncat -u -w 300ms ::1 53", Tool::Ncat, make("udp://[::1]:53", {"connect-timeout=300"}));
    expect("socat - TCP:h:80,nodelay=1", Tool::Socat, make("tcp://h:80"));
    expect("socat TCP-LISTEN:5000,bind=127.0.0.1,fork,nodelay=1 PIPE", Tool::Socat,
           make("tcp-listen://127.0.0.1:5000", {"answer=echo"}));
    expect("socat - UDP-DATAGRAM:224.1.0.1:6666", Tool::Socat, make("udp://224.1.0.1:6666"));
    expect("wscat -c 'ws://h:9001/?a=1&b=2' -H 'X-A: b'", Tool::Wscat, make("ws://h:9001/?a=1&b=2", {"header=X-A: b"}));
    expect("websocat -t ws-l:127.0.0.1:80 -", Tool::Websocat, make("ws-listen://127.0.0.1:80"));
    expect("curl -i -N --http1.1 -H 'X: 1' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H "
           "'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: c2lkZXdpcmUgdXBncmFkZQ==' -u me:pw https://h/",
           Tool::Curl, make("wss://h", {"header=X: 1", "auth=me:pw"}));
}

void tst_CommandExport::writesWhatPeopleWouldType()
{
    QFETCH(const SessionSpec, spec);
    QFETCH(const Tool, tool);
    const Result<ExportedCommand> command = CommandExport::write(spec, tool, Include);
    QVERIFY(command);
    QTEST(command->text, "text");
    QCOMPARE(command->notes, QStringList());
}

void tst_CommandExport::saysWhatAToolCannotOpen_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<Tool>("tool");
    QTest::newRow("curl tcp") << "tcp://h:1" << Tool::Curl;
    QTest::newRow("curl listens") << "ws-listen://:1" << Tool::Curl;
    QTest::newRow("ncat ws") << "ws://h" << Tool::Ncat;
    QTest::newRow("socat wss") << "wss://h" << Tool::Socat;
    QTest::newRow("wscat udp") << "udp://h:1" << Tool::Wscat;
    QTest::newRow("wscat wss listener") << "wss-listen://:1" << Tool::Wscat;
    QTest::newRow("websocat tls") << "tls://h:1" << Tool::Websocat;
    QTest::newRow("websocat wss listener") << "wss-listen://:1" << Tool::Websocat;
}

void tst_CommandExport::saysWhatAToolCannotOpen()
{
    QFETCH(const QString, target);
    QFETCH(const Tool, tool);
    const Result<ExportedCommand> command = CommandExport::write(make(target), tool, Include);
    QVERIFY(!command);
    QCOMPARE(command.error().code, Error::Code::Unsupported);
    QVERIFY2(command.error().detail.contains(CommandExport::toString(tool)), qPrintable(command.error().detail));
}

void tst_CommandExport::saysWhatAToolIsNotTold()
{
    const auto notes = [](Tool tool, const SessionSpec &spec) {
        const Result<ExportedCommand> command = CommandExport::write(spec, tool, Include);
        return command ? command->notes.join(u'\n') : QString();
    };
    QCOMPARE(notes(Tool::Ncat, make("tcp://h:1", {"keepalive=on", "tos=16", "nodelay=off"})),
             QStringLiteral("ncat is not told: nodelay, keepalive, tos"));
    QCOMPARE(notes(Tool::Socat, make("tls-listen://:1")),
             QStringLiteral("socat makes no certificate of its own: add cert=FILE"));
    const QString pinned = QStringLiteral("verify=") + QString(64, u'a');
    for (const Tool tool : {Tool::Ncat, Tool::Socat}) {
        QVERIFY(notes(tool, make("tls://h:1", {pinned})).contains(QStringLiteral("cannot pin")));
    }
    QVERIFY(notes(Tool::Curl, make("wss://h", {pinned})).contains(QStringLiteral("cannot pin")));
    QVERIFY(notes(Tool::Python, make("tcp://h:1", {"proxy=http://p:1"})).contains(QStringLiteral("proxy")));
    QCOMPARE(notes(Tool::Ncat, make("udp-listen://:1")), QStringLiteral("ncat hears one UDP peer only"));
}

void tst_CommandExport::leavesSecretsOutUnlessAsked()
{
    SessionSpec spec = make("wss://h/",
                            {"auth=me:hunter2", "cookie=id=hunter2", "header=X-Api-Key: hunter2", "header=X-Plain: 1",
                             "proxy=http://me:hunter2@p:1", "cert=c.pem"});
    spec.options.tls.passphrase = QStringLiteral("hunter2");
    for (const Tool tool : {Tool::Curl, Tool::Wscat, Tool::Websocat, Tool::Python}) {
        const Result<ExportedCommand> open = CommandExport::write(spec, tool, LeaveOut);
        QVERIFY(open);
        QVERIFY2(!open->text.contains(QStringLiteral("hunter2")), qPrintable(open->text));
        QVERIFY(open->text.contains(QStringLiteral("X-Plain")));
        QCOMPARE(open->notes.last(), QStringLiteral("passwords, tokens and cookies are left out"));
        const Result<ExportedCommand> secret = CommandExport::write(spec, tool, Include);
        QVERIFY(secret && secret->text.contains(QStringLiteral("hunter2")));
    }
    const Result<ExportedCommand> plain = CommandExport::write(make("ws://h/"), Tool::Curl, LeaveOut);
    QVERIFY(plain && plain->notes.isEmpty());
}

void tst_CommandExport::valuesAreQuotedForTheShell()
{
    // What the shell makes of the command, seen by a tool that prints its words.
    SessionSpec spec = make("ws://h/?q=$(id)&r='x'`y`", {"header=X: $(touch /tmp/x); \"'` | >"});
    const Result<ExportedCommand> command = CommandExport::write(spec, Tool::Wscat, Include);
    QVERIFY(command);
    QProcess shell;
    shell.start(QStringLiteral("sh"), {"-c", QStringLiteral("wscat() { printf '%s\\n' \"$@\"; }; ") + command->text});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()),
             QStringLiteral("-c\nws://h/?q=$(id)&r='x'`y`\n-H\nX: $(touch /tmp/x); \"'` | >\n"));
}

void tst_CommandExport::pythonCompiles_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QStringList>("options");
    const QStringList tls{"ca=c\"a\\.pem", "cert=c", "key=k", "alpn=a,b", "verify=off", "ciphers=X"};
    QTest::newRow("tcp") << "tcp://h:1" << QStringList{"bind=127.0.0.1:5", "connect-timeout=250"};
    QTest::newRow("tls") << "tls://h:1" << tls + QStringList{"sni=n"};
    QTest::newRow("tcp-listen") << "tcp-listen://:1" << QStringList{"answer=echo"};
    QTest::newRow("tls-listen") << "tls-listen://:1" << QStringList{"cert=c"};
    QTest::newRow("udp") << "udp://[::1]:1" << QStringList{"bind=[::1]:5", "broadcast=on"};
    QTest::newRow("udp-listen") << "udp-listen://127.0.0.1:1" << QStringList{"reuse-address=on", "answer=echo"};
    QTest::newRow("ws") << "ws://h/?a=\\\"b"
                        << QStringList{"header=X: \"y\" \\ ü", "origin=o", "subprotocol=a,b", "auth=me:pw",
                                       "cookie=a=1"};
    QTest::newRow("wss") << "wss://h/" << tls + QStringList{"auth=bearer x"};
    QTest::newRow("ws-listen") << "ws-listen://127.0.0.1:1" << QStringList{"answer=echo", "subprotocol=a"};
    QTest::newRow("wss-listen") << "wss-listen://:1" << QStringList{"cert=c"};
}

void tst_CommandExport::pythonCompiles()
{
    QFETCH(const QString, target);
    QFETCH(const QStringList, options);
    const Result<ExportedCommand> program = CommandExport::write(make(target, options), Tool::Python, Include);
    QVERIFY(program);
    QProcess python;
    python.start(QStringLiteral("python3"), {"-c", "import sys; compile(sys.stdin.read(), 'program', 'exec')"});
    QVERIFY(python.waitForStarted());
    python.write(program->text.toUtf8());
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QVERIFY2(python.exitCode() == 0, qPrintable(program->text + QString::fromUtf8(python.readAllStandardError())));
}

void tst_CommandExport::knowsItsTools()
{
    for (const Tool tool : CommandExport::tools()) {
        QVERIFY(*CommandExport::fromString(CommandExport::toString(tool)) == tool);
    }
    const Result<Tool> unknown = CommandExport::fromString(QStringLiteral("telnet"));
    QVERIFY(!unknown && unknown.error().detail.contains(QStringLiteral("curl, ncat, socat")));
}

QTEST_GUILESS_MAIN(tst_CommandExport)
#include "tst_commandexport.moc"
