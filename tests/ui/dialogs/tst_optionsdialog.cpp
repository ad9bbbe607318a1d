// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/dialogs/optionsdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

using namespace Sidewire;

class tst_OptionsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void whatIsSetComesBack();
    void onlyWhatTheSchemeTakesIsShown();
    void aMistakeIsSaidAndTheDialogStays();
};

void tst_OptionsDialog::whatIsSetComesBack()
{
    SessionOptions options;
    for (const auto &[name, value] : {std::pair("connect-timeout", "1500"),
                                      {"bind", "127.0.0.1:0"},
                                      {"subprotocol", "chat,superchat"},
                                      {"origin", "https://example.org"},
                                      {"auth", "me:secret"},
                                      {"header", "X-One: 1"},
                                      {"header", "x-one: 2"}}) {
        QVERIFY2(options.set(QString::fromLatin1(name), QString::fromLatin1(value)), name);
    }
    OptionsDialog dialog(options, QStringLiteral("ws"));
    dialog.accept();
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
    QCOMPARE(dialog.options(), options);

    SessionOptions listener;
    QVERIFY(listener.set(QStringLiteral("answer"), QStringLiteral("greet:hello")));
    OptionsDialog other(listener, QStringLiteral("tcp-listen"));
    other.accept();
    QCOMPARE(other.options(), listener);
}

void tst_OptionsDialog::onlyWhatTheSchemeTakesIsShown()
{
    OptionsDialog tcp({}, QStringLiteral("tcp"));
    tcp.show();
    QVERIFY(tcp.findChild<QLineEdit *>(QStringLiteral("bind"))->isVisible());
    QVERIFY(!tcp.findChild<QLineEdit *>(QStringLiteral("origin"))->isVisible());
    QVERIFY(!tcp.findChild<QComboBox *>(QStringLiteral("answer"))->isVisible());
    OptionsDialog listener({}, QStringLiteral("ws-listen"));
    listener.show();
    QVERIFY(listener.findChild<QComboBox *>(QStringLiteral("answer"))->isVisible());
    QVERIFY(!listener.findChild<QSpinBox *>(QStringLiteral("connectTimeout"))->isVisible());
}

void tst_OptionsDialog::aMistakeIsSaidAndTheDialogStays()
{
    OptionsDialog dialog({}, QStringLiteral("ws"));
    dialog.show();
    auto *headers = dialog.findChild<QPlainTextEdit *>(QStringLiteral("headers"));
    headers->setPlainText(QStringLiteral("no colon here"));
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("optionsProblem"))->isVisible());
    headers->setPlainText(QStringLiteral("A: b"));
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.options().headers.size(), std::size_t(1));
}

QTEST_MAIN(tst_OptionsDialog)
#include "tst_optionsdialog.moc"
