// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/widgets/payloadlist.h"
#include "ui/widgets/payloadrow.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;

class tst_PayloadList : public QObject
{
    Q_OBJECT

private:
    static Payload text(const char *text)
    {
        Payload payload;
        payload.text = QString::fromUtf8(text);
        return payload;
    }
    PayloadRow *row(int index) const
    {
        return m_list->findChild<PayloadRow *>(QStringLiteral("payloadRow%1").arg(index));
    }
    QLineEdit *edit(int index, const char *name) const
    {
        return row(index)->findChild<QLineEdit *>(QString::fromLatin1(name));
    }
    QStringList names() const;
    void rebuiltRowsAreGone() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<PayloadList> m_list;

private Q_SLOTS:
    void init();
    void aNewPayloadIsNamedInPlace();
    void eachRowHasItsSendButton();
    void aDoubleClickEditsAndEscapeLeaves();
    void severalLinesAreNotFlattenedByEditing();
    void rowsMoveAndGoByKeyboard();
    void payloadsAreKeptOverRestarts();
};

QStringList tst_PayloadList::names() const
{
    QStringList names;
    for (const SavedPayload &saved : m_list->payloads()) {
        names.append(saved.name);
    }
    return names;
}

void tst_PayloadList::init()
{
    TestSupport::failOnWarnings();
    m_list.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    writePayloads(*m_settings,
                  {{QStringLiteral("one"), text("1")},
                   {QStringLiteral("two"), text("2\n2")},
                   {QStringLiteral("three"), text("3")}});
    m_list = std::make_unique<PayloadList>(*m_settings);
    m_list->resize(300, 300);
    m_list->show();
    QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
}

void tst_PayloadList::aNewPayloadIsNamedInPlace()
{
    m_list->add(text("{\"op\": \"login\"}"));
    rebuiltRowsAreGone();
    QVERIFY(edit(3, "payloadNameEdit")->isVisible());
    QVERIFY(edit(3, "payloadNameEdit")->hasFocus());
    QTest::keyClicks(edit(3, "payloadNameEdit"), QStringLiteral("login"));
    QTest::keyClick(edit(3, "payloadNameEdit"), Qt::Key_Return);
    QCOMPARE(
        names(),
        QStringList({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three"), QStringLiteral("login")}));
}

void tst_PayloadList::eachRowHasItsSendButton()
{
    QSignalSpy sent(m_list.get(), &PayloadList::sendRequested);
    row(2)->findChild<QToolButton *>(QStringLiteral("payloadSend"))->click();
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.first().first().value<Payload>().text, QStringLiteral("3"));
    QTest::keyClick(row(0), Qt::Key_Return);
    QCOMPARE(sent.last().first().value<Payload>().text, QStringLiteral("1"));
}

void tst_PayloadList::aDoubleClickEditsAndEscapeLeaves()
{
    QTest::mouseDClick(row(0), Qt::LeftButton);
    QVERIFY(edit(0, "payloadTextEdit")->isVisible());
    edit(0, "payloadTextEdit")->setText(QStringLiteral("changed"));
    QTest::keyClick(edit(0, "payloadTextEdit"), Qt::Key_Escape);
    QVERIFY(!edit(0, "payloadTextEdit")->isVisible());
    QCOMPARE(m_list->payloads().first().payload.text, QStringLiteral("1"));
    QTest::keyClick(row(0), Qt::Key_F2);
    edit(0, "payloadTextEdit")->setText(QStringLiteral("changed"));
    QTest::keyClick(edit(0, "payloadTextEdit"), Qt::Key_Return);
    QCOMPARE(m_list->payloads().first().payload.text, QStringLiteral("changed"));
}

void tst_PayloadList::severalLinesAreNotFlattenedByEditing()
{
    row(1)->edit();
    QVERIFY(!edit(1, "payloadTextEdit")->isEnabled());
    edit(1, "payloadNameEdit")->setText(QStringLiteral("lines"));
    QTest::keyClick(edit(1, "payloadNameEdit"), Qt::Key_Return);
    QCOMPARE(m_list->payloads().at(1).name, QStringLiteral("lines"));
    QCOMPARE(m_list->payloads().at(1).payload.text, QStringLiteral("2\n2"));
}

void tst_PayloadList::rowsMoveAndGoByKeyboard()
{
    QTest::keyClick(row(2), Qt::Key_Up, Qt::ControlModifier);
    rebuiltRowsAreGone();
    QCOMPARE(names(), QStringList({QStringLiteral("one"), QStringLiteral("three"), QStringLiteral("two")}));
    QVERIFY(row(1)->hasFocus());
    QTest::keyClick(row(0), Qt::Key_Up, Qt::ControlModifier); // Nowhere to go
    QTest::keyClick(row(1), Qt::Key_Delete);
    QCOMPARE(names(), QStringList({QStringLiteral("one"), QStringLiteral("two")}));
}

void tst_PayloadList::payloadsAreKeptOverRestarts()
{
    QTest::keyClick(row(0), Qt::Key_Delete);
    const PayloadList again(*m_settings);
    QCOMPARE(again.payloads(), m_list->payloads());
    QCOMPARE(again.payloads().size(), 2);
}

QTEST_MAIN(tst_PayloadList)
#include "tst_payloadlist.moc"
