// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/dialogs/closedialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Sidewire;

class tst_CloseDialog : public QObject
{
    Q_OBJECT

private:
    static QPushButton *sendButton(const CloseDialog &dialog)
    {
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->isDefault()) {
                return button;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void codeAndReasonAreHandedOver();
    void whatCannotBeSentIsSaid_data();
    void whatCannotBeSentIsSaid();
};

void tst_CloseDialog::codeAndReasonAreHandedOver()
{
    CloseDialog dialog;
    std::pair<quint16, QByteArray> chosen;
    connect(&dialog, &CloseDialog::chosen, this, [&chosen](quint16 code, const QByteArray &reason) {
        chosen = {code, reason};
    });
    dialog.show();
    dialog.findChild<QComboBox *>(QStringLiteral("closeCode"))->setEditText(QStringLiteral("4001"));
    dialog.findChild<QLineEdit *>(QStringLiteral("closeReason"))->setText(QStringLiteral("tschüß"));
    sendButton(dialog)->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(chosen.first, quint16(4001));
    QCOMPARE(chosen.second, QStringLiteral("tschüß").toUtf8());
}

void tst_CloseDialog::whatCannotBeSentIsSaid_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("canBeSent");
    QTest::newRow("normal") << "1000" << QString() << true;
    QTest::newRow("largest reason") << "1000" << QString(123, u'x') << true;
    QTest::newRow("one byte more") << "1000" << QString(124, u'x') << false;
    QTest::newRow("bytes count, not characters") << "1000" << QString(62, QChar(0xe4)) << false;
    QTest::newRow("never on the wire") << "1006" << QString() << false;
    QTest::newRow("none") << "" << QString() << false;
}

void tst_CloseDialog::whatCannotBeSentIsSaid()
{
    QFETCH(QString, code);
    QFETCH(QString, reason);
    CloseDialog dialog;
    dialog.findChild<QComboBox *>(QStringLiteral("closeCode"))->setEditText(code);
    dialog.findChild<QLineEdit *>(QStringLiteral("closeReason"))->setText(reason);
    QTEST(sendButton(dialog)->isEnabled(), "canBeSent");
    QVERIFY(!dialog.findChild<QLabel *>(QStringLiteral("closeRemark"))->text().isEmpty());
}

QTEST_MAIN(tst_CloseDialog)
#include "tst_closedialog.moc"
