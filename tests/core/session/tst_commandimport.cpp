// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commandimport.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

namespace {

/// The target and, in the order of their names, all options as one text: what the import understood at a glance.
QString shown(const SessionSpec &spec)
{
    QStringList lines{spec.target()};
    QStringList names = SessionOptions::names();
    names.sort();
    for (const QString &name : names) {
        for (const QString &value : spec.options.values(name)) {
            lines << name + u'=' + value;
        }
    }
    if (!spec.options.tls.passphrase.isEmpty()) {
        lines << QStringLiteral("(passphrase ") + spec.options.tls.passphrase + u')';
    }
    return lines.join(u'\n');
}

void row(const char *name, const char *command, const QStringList &expected, const QStringList &notes = {})
{
    QTest::newRow(name) << QString::fromUtf8(command) << expected.join(u'\n') << notes;
}

} // namespace

class tst_CommandImport : public QObject
{
    Q_OBJECT

private:
    void check();
    static void columns()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QStringList>("notes");
    }

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void tellsCommandsFromTargets_data();
    void tellsCommandsFromTargets();
    void readsWhatBrowsersCopy_data();
    void readsWhatBrowsersCopy() { check(); }
    void readsCurl_data();
    void readsCurl() { check(); }
    void readsNcat_data();
    void readsNcat() { check(); }
    void readsSocat_data();
    void readsSocat() { check(); }
    void readsWscatAndWebsocat_data();
    void readsWscatAndWebsocat() { check(); }
    void readsWhatStandsAroundACommand_data();
    void readsWhatStandsAroundACommand() { check(); }
    void namesWhatItDoesNotUnderstand_data();
    void namesWhatItDoesNotUnderstand();
    void wordsThatAShellSplitAreNotSplitAgain();
    void nothingBreaksIt();
};

void tst_CommandImport::check()
{
    QFETCH(const QString, command);
    QFETCH(const QString, expected);
    QFETCH(const QStringList, notes);
    QVERIFY(CommandImport::isCommand(command));
    const Result<ImportedCommand> imported = CommandImport::read(command);
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
    QCOMPARE(shown(imported->spec), expected);
    QCOMPARE(imported->notes, notes);
}

void tst_CommandImport::tellsCommandsFromTargets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isCommand");
    for (const char *text :
         {"curl http://a/", "  nc -l 80", "/usr/bin/ncat a 1", "C:\\tools\\ncat.exe a 1", "$ socat - TCP:a:1",
          "sudo nc a 80", "echo hi | nc a 80", "printf x|ncat a 1", "websocat ws://a", "wscat -c ws://a",
          "curl 'http://a/' \\\n -k", "nc -u", "netcat a 1\n"}) {
        QTest::addRow("%s", text) << QString::fromLatin1(text) << true;
    }
    for (const char *text : {"", "nc", "nc 80", "curl", "ncat:80", "127.0.0.1 80", "ws://a/?q=nc+x", "tcp://nc:1",
                             "netcats a 1", "host.nc 80 x", "@curl me", "wscat 9001 "}) {
        QTest::addRow("no: %s", text) << QString::fromLatin1(text) << false;
    }
}

void tst_CommandImport::tellsCommandsFromTargets()
{
    QFETCH(const QString, text);
    QTEST(CommandImport::isCommand(text), "isCommand");
}

void tst_CommandImport::readsWhatBrowsersCopy_data()
{
    columns();
    const QString made = QStringLiteral("made by the upgrade itself: ");
    row("Chromium, bash", R"(curl 'wss://chat.example.org/socket?room=1&v=2' \
  -H 'Upgrade: websocket' \
  -H 'Origin: https://chat.example.org' \
  -H 'Cache-Control: no-cache' \
  -H 'Accept-Language: en-GB,en;q=0.9' \
  -H 'Pragma: no-cache' \
  -H 'Connection: Upgrade' \
  -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' \
  -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' \
  -H 'Sec-WebSocket-Version: 13' \
  -H 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits')",
        {"wss://chat.example.org/socket?room=1&v=2", "header=Cache-Control: no-cache",
         "header=Accept-Language: en-GB,en;q=0.9", "header=Pragma: no-cache",
         "header=User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "origin=https://chat.example.org"},
        {made + "Upgrade, Connection, Sec-WebSocket-Key, Sec-WebSocket-Version, Sec-WebSocket-Extensions"});
    row("Chromium, bash, cookies", R"(curl 'ws://localhost:9001/chat' \
  -b 'session=abc123; theme=dark; __Host-id=a=b' \
  -H 'Sec-WebSocket-Protocol: graphql-transport-ws, chat' \
  --insecure)",
        {"ws://localhost:9001/chat", "cookie=session=abc123", "cookie=theme=dark", "cookie=__Host-id=a=b",
         "subprotocol=graphql-transport-ws,chat", "verify=off"});
    row("Chromium, bash, old cookies", R"(curl 'https://h/' -H 'Cookie: a=1; b=2' --compressed)",
        {"wss://h/", "cookie=a=1", "cookie=b=2"});
    row("Chromium, bash, ansi quotes", R"(curl 'http://h:8080/' \
  -H $'X-Text: it\'s \u00fc\u0021' \
  -H 'Authorization: Bearer eyJhbGciOi.x-y_z')",
        {"ws://h:8080/", "auth=bearer eyJhbGciOi.x-y_z", QString::fromUtf8("header=X-Text: it's ü!")});
    row("Chromium, cmd",
        "curl ^\"wss://h/s?a=1^&b=^%^20^\" ^\r\n  -H ^\"Origin: https://h^\" ^\r\n"
        "  -H ^\"X-Json: ^{^\\^\"a^\\^\":1^}^\" ^\r\n  -H ^\"User-Agent: Mozilla/5.0 ^(Windows NT^)^\"",
        {"wss://h/s?a=1&b=%20", "header=X-Json: {\"a\":1}", "header=User-Agent: Mozilla/5.0 (Windows NT)",
         "origin=https://h"});
    row("Edge, cmd, older",
        "curl \"http://h/s?a=1&b=2\" ^\r\n  -H \"Pragma: no-cache\" ^\r\n  -H \"X: \\\"q\\\"\" ^\r\n  --insecure",
        {"ws://h/s?a=1&b=2", "header=Pragma: no-cache", "header=X: \"q\"", "verify=off"});
    row("Firefox, POSIX",
        R"(curl 'wss://h/s' --compressed -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Sec-WebSocket-Version: 13' -H 'Origin: https://h' -H 'Sec-WebSocket-Extensions: permessage-deflate' -H 'Sec-WebSocket-Key: x' -H 'DNT: 1' -H 'Connection: keep-alive, Upgrade' -H 'Sec-Fetch-Mode: websocket' -H 'Upgrade: websocket')",
        {"wss://h/s", "header=User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "header=Accept: */*", "header=Accept-Encoding: gzip, deflate, br, zstd", "header=DNT: 1",
         "header=Sec-Fetch-Mode: websocket", "origin=https://h"},
        {made + "Sec-WebSocket-Version, Sec-WebSocket-Extensions, Sec-WebSocket-Key, Connection, Upgrade"});
    row("Firefox, Windows", "curl \"ws://h:81/s\" -H \"User-Agent: a \"\"b\"\" c\" ^\r\n-H \"X: 1\"",
        {"ws://h:81/s", "header=User-Agent: a \"b\" c", "header=X: 1"});
    row("Safari", R"(curl 'ws://h/s' \
-X 'GET' \
-H 'Cookie: a=1' \
-H 'User-Agent: Mozilla/5.0 (Macintosh) Safari/605.1.15' \
-H 'Upgrade: websocket')",
        {"ws://h/s", "cookie=a=1", "header=User-Agent: Mozilla/5.0 (Macintosh) Safari/605.1.15"}, {made + "Upgrade"});
    row("a request with a body",
        R"(curl 'https://h/graphql' -X POST -H 'Content-Type: application/json' -H 'Host: other' --data-raw $'{"a":"\'"}')",
        {"wss://h/graphql", "header=Host: other"},
        {"the method is left out: an upgrade is a GET", "the body is left out: an upgrade has none",
         made + "Content-Type"});
    row("cookies that no standard allows", R"(curl ws://h/ -b 'a b=1; c')", {"ws://h/", "header=Cookie: a b=1; c"});
}

void tst_CommandImport::readsCurl_data()
{
    columns();
    row("no scheme", "curl localhost:8080/x", {"ws://localhost:8080/x"});
    row("upper case", "curl HTTPS://h", {"wss://h/"});
    row("user in the address", "curl http://me:pw@h/", {"ws://h/", "auth=me:pw"});
    row("user", "curl -u me:p:w http://h/", {"ws://h/", "auth=me:p:w"});
    row("user alone", "curl --user me http://h/", {"ws://h/", "auth=me:"});
    row("basic as a header", "curl -H 'Authorization: Basic bWU6cHc=' http://h/", {"ws://h/", "auth=me:pw"});
    row("a scheme we do not know", "curl -H 'Authorization: Digest x' http://h/",
        {"ws://h/", "header=Authorization: Digest x"});
    row("bearer", "curl --oauth2-bearer T0k http://h/", {"ws://h/", "auth=bearer T0k"});
    row("clusters and glued values", "curl -sSkLvHX-A:1 '-HX-B: 2' http://h/",
        {"ws://h/", "header=X-A: 1", "header=X-B: 2", "redirects=20", "verify=off"});
    row("tls", "curl --cacert ca.pem --cert c.pem:secret --key k.pem --ciphers A:B --tlsv1.2 --tls-max 1.3 https://h",
        {"wss://h/", "ca=ca.pem", "cert=c.pem", "ciphers=A:B", "key=k.pem", "tls-max=1.3", "tls-min=1.2",
         "(passphrase secret)"});
    row("a colon in a file name", R"(curl -E 'C\:\x.pem' --pass p https://h)",
        {"wss://h/", "cert=C:\\x.pem", "(passphrase p)"});
    row("http proxy", "curl -x proxy:3128 -U me:p@w http://h/", {"ws://h/", "proxy=http://me:p%40w@proxy:3128"});
    row("proxy with user", "curl -x http://me:p%40w@proxy:3128/ -p http://h/",
        {"ws://h/", "proxy=http://me:p%40w@proxy:3128"});
    row("proxy without port", "curl --proxy proxy http://h/", {"ws://h/", "proxy=http://proxy:1080"});
    row("socks", "curl --socks5-hostname [::1]:9050 http://h/", {"ws://h/", "proxy=socks5://[::1]:9050"});
    row("socks as a url", "curl -x socks5h://p http://h/", {"ws://h/", "proxy=socks5://p:1080"});
    row("local end", "curl --interface 127.0.0.1 --local-port 5000 -4 http://h/",
        {"ws://h/", "bind=127.0.0.1:5000", "family=4"});
    row("local v6 end", "curl --interface host!::1 --local-port 5000-5010 -6 http://h/",
        {"ws://h/", "bind=[::1]:5000", "family=6"}, {"of the local ports 5000-5010 the first is used"});
    row("interface", "curl --interface if!eth0 http://h/", {"ws://h/", "interface=eth0"});
    row("times", "curl --connect-timeout 1.5 --keepalive-time 30 --no-tcp-nodelay -m 9 http://h/",
        {"ws://h/", "connect-timeout=1500", "keepalive=30,10,6", "nodelay=off"},
        {"--max-time is left out: a session lasts until it is closed"});
    row("redirects", "curl -L --max-redirs 3 http://h/", {"ws://h/", "redirects=3"});
    row("redirects without end", "curl -L --max-redirs -1 http://h/", {"ws://h/", "redirects=20"});
    row("redirects not followed", "curl --max-redirs 3 http://h/", {"ws://h/"});
    row("resolve", "curl --resolve h:80:127.0.0.1 http://h/", {"ws://h/"},
        {"the host is looked up as usual: --resolve and --connect-to are left out"});
    row("agent and referer", "curl -A me -e 'http://r/;auto' http://h/",
        {"ws://h/", "header=User-Agent: me", "header=Referer: http://r/"});
    row("removed and empty headers", "curl -H 'Accept:' -H 'X-Empty;' -H @file http://h/",
        {"ws://h/", "header=X-Empty: "}, {"the headers in the file file are left out"});
    row("duplicates and order", "curl -H 'b: 1' -H 'A: 2' -H 'b: 3' http://h/",
        {"ws://h/", "header=b: 1", "header=A: 2", "header=b: 3"});
    row("two addresses", "curl http://a/ --url http://b/", {"ws://a/"},
        {"only the first address is opened, not http://b/"});
    row("output", "curl -o /dev/null -w '%{http_code}' -D - -N http://h/", {"ws://h/"});
    row("http2", "curl --http2 http://h/", {"ws://h/"}, {"the upgrade speaks HTTP/1.1"});
}

void tst_CommandImport::readsNcat_data()
{
    columns();
    row("plain", "ncat example.org 80", {"tcp://example.org:80"});
    row("v6", "ncat ::1 80", {"tcp://[::1]:80"});
    row("v6 in brackets", "nc [::1] 80", {"tcp://[::1]:80"});
    row("default port", "ncat h", {"tcp://h:31337"});
    row("udp", "nc -vu h 53", {"udp://h:53"});
    row("family and source", "ncat -4 -s 127.0.0.1 -p 5000 h 80", {"tcp://h:80", "bind=127.0.0.1:5000", "family=4"});
    row("source port", "nc -p5000 h 80", {"tcp://h:80", "bind=:5000"});
    row("v6 source", "ncat -6 -s ::1 -p 1 h 80", {"tcp://h:80", "bind=[::1]:1", "family=6"});
    row("wait", "ncat -w 250ms h 80", {"tcp://h:80", "connect-timeout=250"});
    row("wait in seconds", "nc -w 3 h 80", {"tcp://h:80", "connect-timeout=3000"});
    row("wait in minutes", "ncat --wait=2m h 80", {"tcp://h:80", "connect-timeout=120000"});
    row("listen", "nc -l 5000", {"tcp-listen://:5000"});
    row("listen with -p", "nc -lvnp 5000", {"tcp-listen://:5000"});
    row("listen on an address", "ncat -lk 127.0.0.1 5000", {"tcp-listen://127.0.0.1:5000"});
    row("listen on an address with -p", "nc -l -p 5000 127.0.0.1", {"tcp-listen://127.0.0.1:5000"});
    row("listen at last", "ncat 127.0.0.1 5000 -l", {"tcp-listen://127.0.0.1:5000"});
    row("listen on the default port", "ncat -l", {"tcp-listen://:31337"});
    row("udp listen", "ncat -u -l ::1 5000 -w 5", {"udp-listen://[::1]:5000"},
        {"connect-timeout means nothing to udp-listen"});
    row("echo", "ncat -lk -e /bin/cat 5000", {"tcp-listen://:5000", "answer=echo"});
    row("echo by a shell", "nc -lk 5000 -c cat", {"tcp-listen://:5000", "answer=echo"});
    row("discard", "ncat -l --recv-only 5000", {"tcp-listen://:5000", "answer=discard"});
    row("a program", "ncat -l 5000 --sh-exec 'rm -rf /'", {"tcp-listen://:5000"}, {"not run: rm -rf /"});
    row("tls", "ncat --ssl --ssl-verify --ssl-trustfile ca.pem --ssl-servername n --ssl-alpn a,b --ssl-ciphers X h 443",
        {"tls://h:443", "alpn=a,b", "ca=ca.pem", "ciphers=X", "sni=n"});
    row("tls without verifying", "ncat --ssl h 443", {"tls://h:443", "verify=off"},
        {"certificates are not verified, as ncat does without --ssl-verify"});
    row("tls listen", "ncat -l --ssl --ssl-cert c.pem --ssl-key k.pem 443",
        {"tls-listen://:443", "cert=c.pem", "key=k.pem"});
    row("http proxy", "ncat --proxy p:8080 --proxy-auth me:pw h 80", {"tcp://h:80", "proxy=http://me:pw@p:8080"});
    row("socks proxy", "ncat --proxy p --proxy-type socks5 h 80", {"tcp://h:80", "proxy=socks5://p:1080"});
    row("http proxy's port", "ncat --proxy p h 80", {"tcp://h:80", "proxy=http://p:3128"});
    row("proxy of OpenBSD", "nc -x p:9 -X connect -P me h 80", {"tcp://h:80", "proxy=http://me@p:9"});
    row("socks of OpenBSD", "nc -x p:9 h 80", {"tcp://h:80", "proxy=socks5://p:9"});
    row("dump of ncat", "ncat -x file h 80", {"tcp://h:80"});
    row("options of OpenBSD", "nc -N -q 1 -I 1000 -O 2000 -M 9 h 80",
        {"tcp://h:80", "rcvbuf=1000", "sndbuf=2000", "ttl=9"}, {"when nc ends is left out"});
    row("broadcast", "nc -ub 255.255.255.255 9", {"udp://255.255.255.255:9", "broadcast=on"});
    row("what is left out", "ncat -C -t -z -i 5 --chat -m 3 h 80", {"tcp://h:80"},
        {"-C is left out: the composer has the line endings", "telnet negotiations are not answered",
         "-z is left out: the session stays open", "times of silence are left out",
         "what clients send is not passed on to others", "the number of clients is not limited"});
}

void tst_CommandImport::readsSocat_data()
{
    columns();
    row("plain", "socat - TCP:h:80", {"tcp://h:80"});
    row("other way round", "socat tcp4:h:80 STDIO", {"tcp://h:80", "family=4"});
    row("alone", "socat TCP6-CONNECT:[::1]:80", {"tcp://[::1]:80", "family=6"});
    row("options",
        "socat -d -d -t5 - TCP:h:80,bind=127.0.0.1:5000,nodelay,keepalive,keepidle=9,sndbuf=0x100,tos=0x10,"
        "ttl=3,linger=2,connect-timeout=0.5,so-bindtodevice=lo",
        {"tcp://h:80", "bind=127.0.0.1:5000", "connect-timeout=500", "interface=lo", "keepalive=9,10,6", "linger=2",
         "sndbuf=256", "tos=16", "ttl=3"});
    row("switched off", "socat - TCP:h:80,nodelay=0,keepalive=0,reuseaddr=1",
        {"tcp://h:80", "nodelay=off", "reuse-address=on"});
    row("source port", "socat - TCP:h:80,sp=5000,bind=127.0.0.1", {"tcp://h:80", "bind=127.0.0.1:5000"});
    row("listen", "socat TCP-LISTEN:5000,fork,reuseaddr,backlog=7 -",
        {"tcp-listen://:5000", "backlog=7", "reuse-address=on"});
    row("listen on an address", "socat TCP4-L:5000,bind=127.0.0.1 STDOUT", {"tcp-listen://127.0.0.1:5000", "family=4"});
    row("listen on a v6 address", "socat TCP6-LISTEN:5000,bind=[::1] -", {"tcp-listen://[::1]:5000"});
    row("dual stack", "socat TCP6-LISTEN:5000,ipv6-v6only=0 -", {"tcp-listen://:5000"});
    row("echo", "socat TCP-LISTEN:5000 PIPE", {"tcp-listen://:5000", "answer=echo"});
    row("echo by a program", "socat UDP-RECVFROM:5000,fork EXEC:/bin/cat", {"udp-listen://:5000", "answer=echo"});
    row("a program", "socat TCP-LISTEN:5000 'SYSTEM:date; id'", {"tcp-listen://:5000"}, {"left out: SYSTEM:date; id"});
    row("a file", "socat -u TCP:h:80 CREATE:/tmp/x", {"tcp://h:80"}, {"left out: CREATE:/tmp/x"});
    row("udp", "socat - UDP4-SENDTO:h:53", {"udp://h:53", "family=4"});
    row("multicast",
        "socat STDIO UDP4-DATAGRAM:224.1.0.1:6666,bind=0.0.0.0:6666,ip-add-membership=224.1.0.1:lo,"
        "ip-multicast-ttl=2,ip-multicast-loop=0,broadcast",
        {"udp://224.1.0.1:6666", "bind=0.0.0.0:6666", "broadcast=on", "family=4", "multicast=224.1.0.1,lo",
         "multicast-loop=off", "multicast-ttl=2"});
    row("multicast by address",
        "socat - UDP4-RECV:6666,ip-add-membership=224.1.0.1:10.0.0.1,ip-add-membership=224.1.0.2:0.0.0.0",
        {"udp-listen://:6666", "family=4", "multicast=224.1.0.1", "multicast=224.1.0.2"},
        {"the group 224.1.0.1 is joined on the interface that the system chooses, not by the address 10.0.0.1"});
    row("multicast v6", "socat - UDP6-RECV:6666,ipv6-join-group=[ff02::1]:eth0",
        {"udp-listen://:6666", "family=6", "multicast=ff02::1,eth0"});
    row("tls",
        "socat - OPENSSL:h:443,cafile=ca.pem,cert=c.pem,key=k.pem,snihost=n,cipher=X,min-proto-version=TLS1.2,"
        "max-proto-version=TLS1.3",
        {"tls://h:443", "ca=ca.pem", "cert=c.pem", "ciphers=X", "key=k.pem", "sni=n", "tls-max=1.3", "tls-min=1.2"});
    row("tls without verifying", "socat - SSL:h:443,verify=0,method=TLS1.2,pf=ip4",
        {"tls://h:443", "family=4", "tls-max=1.2", "tls-min=1.2", "verify=off"});
    row("tls listen", "socat OPENSSL-LISTEN:443,cert=c.pem,verify=0,fork -", {"tls-listen://:443", "cert=c.pem"});
    row("tls listen, verifying", "socat SSL-L:443,cert=c.pem,cafile=ca.pem -",
        {"tls-listen://:443", "ca=ca.pem", "cert=c.pem", "client-cert=require"});
    row("proxy", "socat - PROXY:p:h:80,proxyport=3128,proxyauth=me:pw", {"tcp://h:80", "proxy=http://me:pw@p:3128"});
    row("proxy's port", "socat - PROXY:p:h:80", {"tcp://h:80", "proxy=http://p:8080"});
    row("socks", "socat - SOCKS5-CONNECT:p:1081:h:80", {"tcp://h:80", "proxy=socks5://p:1081"});
    row("quotes in an address", R"(socat - 'TCP:h:80,interface="e,0"')", {"tcp://h:80", "interface=e,0"});
    row("line ends", "socat -,crnl TCP:h:80,crnl", {"tcp://h:80"},
        {"crnl is left out: the composer has the line endings"});
}

void tst_CommandImport::readsWscatAndWebsocat_data()
{
    columns();
    row("wscat", "wscat -c ws://h:9001/x?y=1", {"ws://h:9001/x?y=1"});
    row("wscat without a scheme", "wscat --connect h:9001", {"ws://h:9001/"});
    row("wscat with all",
        "wscat -c wss://h -H 'X: 1' -H 'Cookie: a=1' -o http://o -s a -s b --auth me:pw -n --ca ca.pem "
        "--cert c.pem --key k.pem --passphrase pp --proxy http://p:3128 -L -P --slash",
        {"wss://h/", "auth=me:pw", "ca=ca.pem", "cert=c.pem", "cookie=a=1", "header=X: 1", "key=k.pem",
         "origin=http://o", "proxy=http://p:3128", "redirects=10", "subprotocol=a,b", "verify=off", "(passphrase pp)"});
    row("wscat listen", "wscat -l 9001", {"ws-listen://:9001/"});
    row("wscat listen on a host", "wscat --listen=9001 --host ::1", {"ws-listen://[::1]:9001/"});
    row("wscat sends", "wscat -c ws://h -x hello -w 3", {"ws://h/"}, {"not sent: hello"});
    row("websocat", "websocat ws://h:9001/x", {"ws://h:9001/x"});
    row("websocat with all",
        "websocat -k -H='X: 1' --header 'Y: 2' --origin http://o --protocol 'a, b' "
        "--basic-auth me:pw --tls-domain n --socks5 127.0.0.1:1080 -t -E wss://h -",
        {"wss://h/", "auth=me:pw", "header=X: 1", "header=Y: 2", "origin=http://o", "proxy=socks5://127.0.0.1:1080",
         "sni=n", "subprotocol=a,b", "verify=off"});
    row("websocat server", "websocat -s 1234", {"ws-listen://127.0.0.1:1234/"});
    row("websocat server on an address", "websocat -s 0.0.0.0:1234", {"ws-listen://0.0.0.0:1234/"});
    row("websocat echo", "websocat -t ws-l:127.0.0.1:1234 mirror:", {"ws-listen://127.0.0.1:1234/", "answer=echo"});
    row("websocat paths", "websocat --restrict-uri /a ws-l:127.0.0.1:1 -",
        {"ws-listen://127.0.0.1:1/", "accept-path=/a"});
    row("websocat tcp", "websocat -b - tcp:h:80", {"tcp://h:80"});
    row("websocat other end", "websocat - ws://h --ping-interval 5", {"ws://h/"},
        {"pings are sent by hand or answered, not repeated"});
    row("websocat command", "websocat ws-l:127.0.0.1:1 cmd:date", {"ws-listen://127.0.0.1:1/"}, {"left out: cmd:date"});
}

void tst_CommandImport::readsWhatStandsAroundACommand_data()
{
    columns();
    row("prompt", "$ nc h 80", {"tcp://h:80"});
    row("root", "% sudo nc -l 80", {"tcp-listen://:80"});
    row("pipe", "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc h 80 | head -1", {"tcp://h:80"},
        {"not run: printf 'GET / HTTP/1.0\\r\\n\\r\\n'", "not run: head -1"});
    row("redirections", "nc h 80 < in.bin > out.bin 2>&1", {"tcp://h:80"}, {"not redirected: <in.bin >out.bin 2>&1"});
    row("list", "cd /tmp && ncat h 80; echo done &", {"tcp://h:80"}, {"not run: cd /tmp", "not run: echo done"});
    row("comment", "nc h 80 # $(it is said)", {"tcp://h:80"});
    row("path", "/opt/my/ncat h 80", {"tcp://h:80"});
    row("continued", "nc \\\n h \\\n 80", {"tcp://h:80"});
    row("end of options", "nc -- h 80", {"tcp://h:80"});
}

void tst_CommandImport::namesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("words");
    const auto wrong = [](const char *command, const char *words) {
        QTest::newRow(command) << QString::fromLatin1(command) << QString::fromLatin1(words);
    };
    wrong("ls -l", "no command of curl, ncat");
    wrong("nc $(cat host) 80", "$(cat");
    wrong("nc $HOST 80", "$HOST");
    wrong("curl 'http://h/", "is not closed");
    // curl
    wrong("curl -k", "curl: the address is missing");
    wrong("curl --colour http://h", "curl: the option --colour is not known");
    wrong("curl -skQ http://h", "-Q in -skQ is not known");
    wrong("curl -H", "curl: -H needs a value");
    wrong("curl http://h -H 'a b: c'", "\"a b\" cannot be a header");
    wrong("curl http://h -H $'X: a\\r\\nEvil: 1'", "control character");
    wrong("curl ftp://h/", "ftp:// is no address of a WebSocket");
    wrong("curl 'http://h/a b'", "space");
    wrong("curl http://h:99999/", "99999 is out of range");
    wrong("curl http://[::1/", "]");
    wrong("curl -x socks4://p http://h", "socks4 is not supported");
    wrong("curl -x https://p http://h", "https is not supported");
    wrong("curl --connect-timeout soon http://h", "\"soon\" is not a time");
    wrong("curl --connect-timeout nan http://h", "\"nan\" is not a time");
    wrong("curl -L --max-redirs x http://h", "redirects takes");
    wrong("curl --local-port x http://h", "bind takes");
    wrong("curl --tls-max 9 https://h", "tls-max takes");
    wrong("curl --tlsv1.3 --tls-max 1.2 https://h", "tls-min is above tls-max");
    wrong("curl --compressed=yes http://h", "--compressed takes no value");
    // ncat
    wrong("nc -l", "nc: the port is missing");
    wrong("nc h", "nc: the port is missing");
    wrong("ncat -u", "the host is missing");
    wrong("nc h http", "the port \"http\" is not a number");
    wrong("nc h 20-30", "20-30");
    wrong("nc h 0", "port 0");
    wrong("nc h 80 81", "not \"81\"");
    wrong("nc 'a b' 80", "space");
    wrong("nc -U /tmp/socket", "a Unix domain socket cannot be opened");
    wrong("ncat --sctp h 80", "SCTP cannot be opened");
    wrong("ncat -u --ssl h 80", "DTLS");
    wrong("ncat --proxy p --proxy-type socks4 h 80", "socks4 is not supported");
    wrong("ncat -w soon h 80", "\"soon\" is not a time");
    wrong("ncat -s nowhere h 80", "bind takes");
    wrong("ncat -Y h 80", "the option -Y is not known");
    // socat
    wrong("socat -d", "the addresses are missing");
    wrong("socat - EXEC:date", "EXEC:date");
    wrong("socat - UNIX-CONNECT:/x", "UNIX-CONNECT:/x");
    wrong("socat - TCP:h", "TCP takes host and port, not \"TCP:h\"");
    wrong("socat - TCP-LISTEN:1:2", "TCP-LISTEN takes a port");
    wrong("socat - TCP:h:80,colour=red", "the option colour is not known");
    wrong("socat TCP-LISTEN:1 TCP:h:80", "a relay");
    wrong("socat - STDIO!!STDOUT", "!!");
    wrong("socat - TCP:[::1:80", "bracket is not closed");
    wrong("socat - 'TCP:h:80,bind=\"x'", "quote");
    wrong("socat - TCP:h:80 STDOUT", "one too many");
    wrong("socat - SOCKS4:p:h:80", "socks4 is not supported");
    wrong("socat - PROXY:p:80", "PROXY takes proxy, host and port");
    wrong("socat - OPENSSL:h:1,method=SSL3", "SSL3");
    wrong("socat - UDP:h:1,ip-add-membership=10.0.0.1:eth0", "not a multicast group");
    // wscat and websocat
    wrong("wscat ws://h", "\"ws://h\" is not expected");
    wrong("wscat -c", "-c needs a value");
    wrong("wscat -P", "either -c with a url or -l with a port");
    wrong("wscat -c ws://h -l 80", "either -c");
    wrong("wscat -c gopher://h", "gopher");
    wrong("wscat -c ws://h -p 8", "version 8");
    wrong("websocat -k", "the address is missing");
    wrong("websocat exec:date", "exec:date");
    wrong("websocat ws://a ws://b", "one socket can be opened");
    wrong("websocat --colour ws://a", "--colour is not known");
    wrong("websocat ws-l:127.0.0.1:x -", "not a number");
}

void tst_CommandImport::namesWhatItDoesNotUnderstand()
{
    QFETCH(const QString, command);
    QFETCH(const QString, words);
    const Result<ImportedCommand> imported = CommandImport::read(command);
    QVERIFY(!imported);
    QVERIFY2(imported.error().detail.contains(words), qPrintable(imported.error().detail));
}

void tst_CommandImport::wordsThatAShellSplitAreNotSplitAgain()
{
    const Result<ImportedCommand> imported =
        CommandImport::readWords({"curl", "-H", "X: a | b > $(c)", "http://h/?a=1&b=2"});
    QVERIFY(imported);
    QCOMPARE(imported->tool, QStringLiteral("curl"));
    QCOMPARE(shown(imported->spec), QStringLiteral("ws://h/?a=1&b=2\nheader=X: a | b > $(c)"));
    QVERIFY(!CommandImport::readWords({}));
    QVERIFY(!CommandImport::readWords({"ls"}));
}

/// Whatever is cut off or changed, there is an answer, and a session that can be written as a target again.
void tst_CommandImport::nothingBreaksIt()
{
    const QByteArray commands[] = {"curl 'wss://h/s?a=1' -H $'X: \\u00fc' -b 'a=1; b=2' -x socks5://p:1 --cert a:b -L",
                                   "curl ^\"http://h/^\" ^\n -H ^\"X: ^\\^\"q^\\^\"^\"",
                                   "ncat -lkvp 5000 --ssl --proxy [::1]:1 -w 5ms 2>&1 | cat",
                                   "socat - 'PROXY:[::1]:h:80,proxyport=1,bind=[::1]:5,ip-add-membership=224.1.1.1:lo'",
                                   "wscat -c ws://h -H 'a: b' --auth x:y",
                                   "websocat -s [::1]:1 --restrict-uri /a mirror:"};
    quint32 seed = 1;
    for (const QByteArray &command : commands) {
        for (qsizetype cut = 0; cut <= command.size(); ++cut) {
            for (int variant = 0; variant < 4; ++variant) {
                QByteArray text = command.left(cut);
                const QByteArray noise = TestSupport::randomBytes(3, ++seed);
                if (variant > 0 && cut > 0) {
                    text[static_cast<quint8>(noise[0]) % cut] =
                        variant == 1 ? noise[1] : "'\"\\,:=$-^ \n|>"[static_cast<quint8>(noise[1]) % 13];
                    text += variant == 3 ? command.mid(cut) : QByteArray();
                }
                const Result<ImportedCommand> imported = CommandImport::read(QString::fromUtf8(text));
                if (imported) {
                    QVERIFY2(SessionSpec::fromTarget(imported->spec.target()), text.constData());
                } else {
                    QVERIFY(!imported.error().detail.isEmpty());
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_CommandImport)
#include "tst_commandimport.moc"
