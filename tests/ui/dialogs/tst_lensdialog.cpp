// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/dialogs/lensdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;

namespace {

LensSpec spec(const char *text)
{
    return LensSpec::parse(QString::fromLatin1(text)).value();
}

/// A dialog on the screen, its parts at hand.
struct Shown
{
    explicit Shown(const LensSpec &present)
        : dialog(present)
    {
        dialog.show();
    }

    template<typename T>
    T &part(const char *name) const
    {
        return *dialog.findChild<T *>(QString::fromLatin1(name));
    }
    QLineEdit &field(const char *name) const { return part<QLineEdit>(name); }
    QString text() const { return field("lensSpec").text(); }
    QString fieldRemark() const { return part<QLabel>("lensFieldRemark").text(); }
    QString specRemark() const { return part<QLabel>("lensSpecRemark").text(); }
    bool canCut() const { return part<QPushButton>("lensCut").isEnabled(); }

    void choose(const char *combo, const QString &text) const
    {
        auto &box = part<QComboBox>(combo);
        const int index = box.findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    }

    LensDialog dialog;
};

} // namespace

class tst_LensDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void showsWhatCutsNow_data();
    void showsWhatCutsNow();
    void fieldsBecomeText();
    void textBecomesFields();
    void delimitersAreHexOrText();
    void whatIsWrongIsSaidWhereItWasTyped();
    void aDirectionLeavesTheOtherAlone();
    void beginsAtAByte();
    void examplesFillTheFields();
    void everyLensIsDescribed();
};

void tst_LensDialog::showsWhatCutsNow_data()
{
    QTest::addColumn<QString>("lens");
    for (const char *lens :
         {"lines", "delimiter:0d0a", "between:02,03,10", "fixed:12", "length:u16be,offset=4,adjust=6",
          "length:varint,trailer=2@7", "idle:250", "http", "in=lines/out=fixed:4"}) {
        QTest::newRow(lens) << QString::fromLatin1(lens);
    }
}

void tst_LensDialog::showsWhatCutsNow()
{
    QFETCH(const QString, lens);
    const Shown shown(LensSpec::parse(lens).value());
    QCOMPARE(shown.text(), lens);
    QVERIFY(shown.canCut());
}

void tst_LensDialog::fieldsBecomeText()
{
    const Shown shown(spec("lines"));
    QVERIFY(!shown.field("lensAdjust").isVisible());
    shown.choose("lensName", QStringLiteral("length"));
    QVERIFY(shown.field("lensAdjust").isVisible());
    QVERIFY(!shown.field("lensDelimiter").isVisible());
    shown.part<QComboBox>("lensType").setCurrentText(QStringLiteral("u16be"));
    shown.field("lensFieldOffset").setText(QStringLiteral("0x4"));
    shown.field("lensAdjust").setText(QStringLiteral("6"));
    QCOMPARE(shown.text(), QStringLiteral("length:u16be,offset=4,adjust=6"));

    QSignalSpy chosen(&shown.dialog, &LensDialog::chosen);
    shown.part<QPushButton>("lensCut").click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), QStringLiteral("length:u16be,offset=4,adjust=6"));
}

void tst_LensDialog::textBecomesFields()
{
    const Shown shown(spec("lines"));
    auto &text = shown.field("lensSpec");
    text.clear();
    QTest::keyClicks(&text, QStringLiteral("length:u24le,adjust=4@16"));
    QCOMPARE(shown.part<QComboBox>("lensName").currentText(), QStringLiteral("length"));
    QCOMPARE(shown.part<QComboBox>("lensType").currentText(), QStringLiteral("u24le"));
    QCOMPARE(shown.field("lensAdjust").text(), QStringLiteral("4"));
    QCOMPARE(shown.field("lensFieldOffset").text(), QString());
    QCOMPARE(shown.field("lensStart").text(), QStringLiteral("16"));
    QCOMPARE(shown.text(), QStringLiteral("length:u24le,adjust=4@16")); // Not rewritten under the cursor
}

void tst_LensDialog::delimitersAreHexOrText()
{
    const Shown shown(spec("delimiter:00"));
    auto &notation = shown.part<QComboBox>("lensNotation");
    shown.field("lensDelimiter").setText(QStringLiteral("0d 0a"));
    QCOMPARE(shown.text(), QStringLiteral("delimiter:0d0a"));
    notation.setCurrentIndex(1);
    Q_EMIT notation.activated(1);
    shown.field("lensDelimiter").setText(QStringLiteral("END\\r\\n"));
    QCOMPARE(shown.text(), QStringLiteral("delimiter:454e440d0a"));
}

void tst_LensDialog::whatIsWrongIsSaidWhereItWasTyped()
{
    const Shown shown(spec("fixed:4"));
    shown.field("lensSize").setText(QStringLiteral("many"));
    QVERIFY(shown.fieldRemark().contains(QStringLiteral("many")));
    QVERIFY(shown.specRemark().isEmpty());
    QVERIFY(!shown.canCut());
    QCOMPARE(shown.text(), QStringLiteral("fixed:4")); // The last good one

    shown.field("lensSpec").setFocus();
    shown.field("lensSpec").selectAll();
    QTest::keyClicks(&shown.field("lensSpec"), QStringLiteral("fixd:4"));
    QVERIFY(shown.specRemark().contains(QStringLiteral("fixd")));
    QVERIFY(shown.fieldRemark().isEmpty());
    QVERIFY(!shown.canCut());

    shown.field("lensSize").setText(QStringLiteral("5"));
    QVERIFY(shown.specRemark().isEmpty());
    QVERIFY(shown.canCut());
}

void tst_LensDialog::aDirectionLeavesTheOtherAlone()
{
    const Shown shown(spec("lines"));
    shown.choose("lensName", QStringLiteral("fixed"));
    shown.choose("lensScope", QStringLiteral("what goes out"));
    QCOMPARE(shown.text(), QStringLiteral("in=lines/out=fixed:16"));
    shown.choose("lensScope", QStringLiteral("both directions"));
    QCOMPARE(shown.text(), QStringLiteral("fixed:16"));
}

void tst_LensDialog::beginsAtAByte()
{
    Shown shown(spec("length:u16be"));
    shown.dialog.setStart(Direction::In, 12);
    QCOMPARE(shown.text(), QStringLiteral("in=length:u16be@12/out=length:u16be"));
    shown.choose("lensScope", QStringLiteral("both directions"));
    QCOMPARE(shown.text(), QStringLiteral("length:u16be@12"));
}

void tst_LensDialog::examplesFillTheFields()
{
    for (const LensFields::Example &example : LensFields::examples()) {
        const Shown shown(spec("lines"));
        shown.choose("lensName", example.name);
        QCOMPARE(shown.text(), example.lens);
        QVERIFY(shown.canCut());
    }
}

void tst_LensDialog::everyLensIsDescribed()
{
    for (const QString &syntax : LensSpec::syntaxes()) {
        QVERIFY2(!LensFields::describe(syntax.section(u':', 0, 0)).isEmpty(), qPrintable(syntax));
    }
}

QTEST_MAIN(tst_LensDialog)
#include "tst_lensdialog.moc"
