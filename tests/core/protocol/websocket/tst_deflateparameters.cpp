// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/deflateparameters.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;
using Role = DeflateParameters::Role;

Q_DECLARE_METATYPE(Sidewire::DeflateParameters)
Q_DECLARE_METATYPE(std::optional<Sidewire::DeflateParameters>)
Q_DECLARE_METATYPE(Sidewire::DeflateParameters::Role)

class tst_DeflateParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void readsWhatIsRight_data();
    void readsWhatIsRight();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void whatIsWrittenReadsTheSame();
    void aServerAnswersAnOffer_data();
    void aServerAnswersAnOffer();
    void aClientChecksTheResponse_data();
    void aClientChecksTheResponse();
    void findsTheElements_data();
    void findsTheElements();
    void namesAnElement();
};

void tst_DeflateParameters::readsWhatIsRight_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<Role>("role");
    QTest::addColumn<DeflateParameters>("parameters");

    using D = DeflateParameters;
    QTest::newRow("bare") << QByteArray("permessage-deflate") << Role::Offer << D{};
    QTest::newRow("browser") << QByteArray("permessage-deflate; client_max_window_bits") << Role::Offer
                             << D{.isClientWindowOpen = true};
    QTest::newRow("all") << QByteArray("permessage-deflate;server_no_context_takeover;client_no_context_takeover;"
                                       "server_max_window_bits=8;client_max_window_bits=15")
                         << Role::Response << D{true, true, 8, 15, false};
    QTest::newRow("spaces and tabs") << QByteArray("permessage-deflate\t;  server_max_window_bits = 10 ") << Role::Offer
                                     << D{.serverMaxWindowBits = 10};
    QTest::newRow("quoted") << QByteArray("permessage-deflate; server_max_window_bits=\"10\"") << Role::Response
                            << D{.serverMaxWindowBits = 10};
    QTest::newRow("nine") << QByteArray("permessage-deflate; client_max_window_bits=9") << Role::Offer
                          << D{.clientMaxWindowBits = 9};
}

void tst_DeflateParameters::readsWhatIsRight()
{
    QFETCH(const QByteArray, element);
    QFETCH(const Role, role);
    QFETCH(const DeflateParameters, parameters);
    const Result<DeflateParameters> found = DeflateParameters::parse(element, role);
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    QCOMPARE(*found, parameters);
}

void tst_DeflateParameters::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<Role>("role");

    const auto addFor = [](Role role, const char *name, const QByteArray &parameters) {
        QTest::addRow("%s, %s", role == Role::Offer ? "offer" : "response", name)
            << "permessage-deflate" + parameters << role;
    };
    for (const Role role : {Role::Offer, Role::Response}) {
        addFor(role, "another extension", "2");
        addFor(role, "unknown parameter", "; level=9");
        addFor(role, "empty parameter", "; ");
        addFor(role, "no window", "; server_max_window_bits");
        addFor(role, "empty value", "; server_max_window_bits=");
        addFor(role, "value for takeover", "; server_no_context_takeover=1");
        addFor(role, "empty value for takeover", "; client_no_context_takeover=");
        addFor(role, "case matters", "; Server_no_context_takeover");
        addFor(role, "open quotes", "; server_max_window_bits=\"10");
        for (const char *bits :
             {"7", "16", "08", "015", "1", "150", "-9", "+9", "9a", "1.0", "\"\"", "18446744073709551625"}) {
            addFor(role, bits, "; server_max_window_bits=" + QByteArray(bits));
            addFor(role, QByteArray("client ") + bits, "; client_max_window_bits=" + QByteArray(bits));
        }
        addFor(role, "twice", "; server_no_context_takeover; server_no_context_takeover");
        addFor(role, "two windows", "; client_max_window_bits=10; client_max_window_bits=10");
    }
    addFor(Role::Offer, "open and closed window", "; client_max_window_bits; client_max_window_bits=10");
    addFor(Role::Response, "open window", "; client_max_window_bits");
    QTest::newRow("nothing") << QByteArray() << Role::Offer;
    QTest::newRow("a long one") << QByteArray(1 << 20, 'x') << Role::Offer;
}

void tst_DeflateParameters::refusesWhatIsWrong()
{
    QFETCH(const QByteArray, element);
    QFETCH(const Role, role);
    const Result<DeflateParameters> found = DeflateParameters::parse(element, role);
    QVERIFY(!found);
    QCOMPARE(found.error().code, Error::Code::Malformed);
    QVERIFY(!found.error().detail.isEmpty() && found.error().detail.size() < 200);
}

void tst_DeflateParameters::whatIsWrittenReadsTheSame()
{
    QCOMPARE((DeflateParameters{.serverNoContextTakeover = true, .isClientWindowOpen = true}).toHeader(),
             QByteArray("permessage-deflate; client_max_window_bits; server_no_context_takeover"));

    const std::optional<int> windows[] = {{}, 8, 9, 15};
    for (int flags = 0; flags < 8; ++flags) {
        for (const std::optional<int> server : windows) {
            for (const std::optional<int> client : windows) {
                const DeflateParameters offer{(flags & 1) != 0, (flags & 2) != 0, server, client,
                                              (flags & 4) != 0 && !client};
                const Result<DeflateParameters> read = DeflateParameters::parse(offer.toHeader(), Role::Offer);
                QVERIFY(read);
                QCOMPARE(*read, offer);
            }
        }
    }
}

void tst_DeflateParameters::aServerAnswersAnOffer_data()
{
    QTest::addColumn<DeflateParameters>("offer");
    QTest::addColumn<DeflateParameters>("wanted");
    QTest::addColumn<std::optional<DeflateParameters>>("response");

    using D = DeflateParameters;
    using Answer = std::optional<D>;
    QTest::newRow("nothing special") << D{} << D{} << Answer(D{});
    QTest::newRow("a browser") << D{.isClientWindowOpen = true} << D{} << Answer(D{});
    QTest::newRow("what was asked for is granted")
        << D{true, true, 10, {}, false} << D{} << Answer(D{true, true, 10, {}, false});
    QTest::newRow("what is wanted is said")
        << D{.isClientWindowOpen = true} << D{true, true, 11, 12, false} << Answer(D{true, true, 11, 12, false});
    QTest::newRow("the smaller window counts")
        << D{false, false, 9, 10, false} << D{false, false, 12, 13, false} << Answer(D{false, false, 9, 10, false});
    QTest::newRow("the client cannot limit its window") << D{} << D{.clientMaxWindowBits = 10} << Answer();
    QTest::newRow("nor need it") << D{} << D{.clientMaxWindowBits = 15} << Answer(D{});
}

void tst_DeflateParameters::aServerAnswersAnOffer()
{
    QFETCH(const DeflateParameters, offer);
    QFETCH(const DeflateParameters, wanted);
    QFETCH(const std::optional<DeflateParameters>, response);
    const std::optional<DeflateParameters> found = DeflateParameters::accept(offer, wanted);
    QCOMPARE(found, response);
    if (found) {
        QCOMPARE(DeflateParameters::whyUnacceptable(offer, *found), QByteArray());
    }
}

void tst_DeflateParameters::aClientChecksTheResponse_data()
{
    QTest::addColumn<DeflateParameters>("offer");
    QTest::addColumn<DeflateParameters>("response");
    QTest::addColumn<bool>("isAcceptable");

    using D = DeflateParameters;
    QTest::newRow("same") << D{true, true, 10, 10, false} << D{true, true, 10, 10, false} << true;
    QTest::newRow("takeover unasked") << D{} << D{true, true, {}, {}, false} << true;
    QTest::newRow("server window unasked") << D{} << D{.serverMaxWindowBits = 8} << true;
    QTest::newRow("smaller server window") << D{.serverMaxWindowBits = 10} << D{.serverMaxWindowBits = 9} << true;
    QTest::newRow("client's hint not taken") << D{.clientNoContextTakeover = true} << D{} << true;
    QTest::newRow("open window closed") << D{.isClientWindowOpen = true} << D{.clientMaxWindowBits = 8} << true;
    QTest::newRow("open window left open") << D{.isClientWindowOpen = true} << D{} << true;
    QTest::newRow("takeover not granted") << D{.serverNoContextTakeover = true} << D{} << false;
    QTest::newRow("greater server window") << D{.serverMaxWindowBits = 10} << D{.serverMaxWindowBits = 11} << false;
    QTest::newRow("server window not granted") << D{.serverMaxWindowBits = 10} << D{} << false;
    QTest::newRow("client window unasked") << D{} << D{.clientMaxWindowBits = 15} << false;
}

void tst_DeflateParameters::aClientChecksTheResponse()
{
    QFETCH(const DeflateParameters, offer);
    QFETCH(const DeflateParameters, response);
    QFETCH(const bool, isAcceptable);
    QCOMPARE(DeflateParameters::whyUnacceptable(offer, response).isEmpty(), isAcceptable);
}

void tst_DeflateParameters::findsTheElements_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArrayList>("elements");

    using List = QByteArrayList;
    QTest::newRow("none") << QByteArray() << List{};
    QTest::newRow("only commas") << QByteArray(" , ,") << List{};
    QTest::newRow("one") << QByteArray("a") << List{"a"};
    QTest::newRow("parameters stay") << QByteArray("a; b=1 , c;d") << List{"a; b=1", "c;d"};
    QTest::newRow("quoted comma") << QByteArray(R"(a; b="x,y", c)") << List{R"(a; b="x,y")", "c"};
    QTest::newRow("quoted quote") << QByteArray(R"(a; b="x\",y", c)") << List{R"(a; b="x\",y")", "c"};
    QTest::newRow("open quotes") << QByteArray(R"(a; b="x, c)") << List{R"(a; b="x, c)"};
    QTest::newRow("ends in a quoted pair") << QByteArray(R"(a; b="x\)") << List{R"(a; b="x\)"};
}

void tst_DeflateParameters::findsTheElements()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArrayList, elements);
    const std::vector<QByteArray> found = extensionElements(value);
    QCOMPARE(QByteArrayList(found.begin(), found.end()), elements);
}

void tst_DeflateParameters::namesAnElement()
{
    QCOMPARE(extensionName("permessage-deflate; client_max_window_bits"), QByteArray("permessage-deflate"));
    QCOMPARE(extensionName(" x ;"), QByteArray("x"));
    QCOMPARE(extensionName(""), QByteArray(""));
}

QTEST_GUILESS_MAIN(tst_DeflateParameters)
#include "tst_deflateparameters.moc"
