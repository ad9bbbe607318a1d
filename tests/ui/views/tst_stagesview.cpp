// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/views/detailview.h"
#include "ui/views/messageview.h"
#include "ui/views/stagesview.h"
#include "ui/views/trafficview.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

namespace {

struct Shown
{
    explicit Shown(const std::shared_ptr<SessionLog> &log)
    {
        view.resize(1160, 700);
        view.setLog(log);
        view.setDetailVisible(true);
        view.show();
        view.findChild<DetailView *>()->setCurrentTab(DetailView::StagesTab);
        stages = view.findChild<StagesView *>();
    }

    bool choose(qint64 row)
    {
        Q_EMIT view.findChild<MessageView *>()->currentRequested(row);
        return QTest::qWaitFor([this] {
            view.refresh();
            return !visible().isEmpty();
        });
    }

    QList<QPlainTextEdit *> visible() const
    {
        QList<QPlainTextEdit *> found;
        for (int i = 0; i < 5; ++i) {
            auto *text = stages->findChild<QPlainTextEdit *>(QStringLiteral("stage%1").arg(i));
            if (text && text->isVisible()) {
                found += text;
            }
        }
        return found;
    }

    QStringList titles() const
    {
        QStringList found;
        for (const QPlainTextEdit *text : visible()) {
            found += text->accessibleName();
        }
        return found;
    }

    QString note() const
    {
        const auto *label = stages->findChild<QLabel *>(QStringLiteral("stagesNote"));
        return label->isVisible() ? label->text() : QString();
    }

    TrafficView view;
    StagesView *stages = nullptr;
};

std::shared_ptr<SessionLog> logOf(const QByteArray &sent, const char *lens)
{
    LogBuilder builder;
    builder.open();
    builder.out(sent);
    return builder.finish(QString::fromLatin1(lens));
}

std::shared_ptr<SessionLog> logOfFrames(const QByteArray &frames)
{
    return logOf(TestSupport::upgradeRequest() + frames, "websocket");
}

} // namespace

class tst_StagesView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void showsEachStageBesideTheOneBefore();
    void saysWhereThereIsOneStageAlone();
    void saysWhatIsNotShown();
    void stagesScrollTogetherByTheirShare();
    void titlesTellSizesAndTheRatio();
};

void tst_StagesView::showsEachStageBesideTheOneBefore()
{
    Shown shown(logOfFrames(FrameBuilder::text("hello ").masked().notFinal().toWire()
                            + FrameBuilder::continuation("world").masked().toWire()));
    QVERIFY(shown.choose(1));
    QCOMPARE(shown.titles(),
             (QStringList{QStringLiteral("On the wire 23 B"), QStringLiteral("Unmasked 23 B"),
                          QStringLiteral("Put together 11 B")}));
    QVERIFY(shown.visible()[2]->toPlainText().startsWith(QStringLiteral("00000  68 65 6c 6c 6f 20 77 6f ")));
    QCOMPARE(shown.note(), QString());
    QVERIFY(shown.choose(0));
    QCOMPARE(shown.titles().size(), 1);
}

void tst_StagesView::saysWhereThereIsOneStageAlone()
{
    Shown shown(logOf("250 ok\r\n", "lines"));
    QVERIFY(shown.choose(0));
    QCOMPARE(shown.titles(), QStringList{QStringLiteral("On the wire 8 B")});
    QVERIFY(shown.note().startsWith(QStringLiteral("One stage")));
    QCOMPARE(shown.visible()[0]->toPlainText(),
             QStringLiteral("00000  32 35 30 20 6f 6b 0d 0a                          250 ok\u00b7\u00b7"));
    shown.view.setLog(nullptr);
    QVERIFY(shown.visible().isEmpty());
}

void tst_StagesView::saysWhatIsNotShown()
{
    Shown shown(logOfFrames(FrameBuilder::binary(QByteArray(100'000, 'x')).masked().toWire()));
    QVERIFY(shown.choose(1));
    QVERIFY(shown.note().startsWith(QStringLiteral("The first 16 KiB")));
    QCOMPARE(shown.titles().last(), QStringLiteral("Payload 100000 B"));
}

void tst_StagesView::stagesScrollTogetherByTheirShare()
{
    QByteArray frames = FrameBuilder::text("x").masked().notFinal().toWire();
    frames += FrameBuilder::continuation("yz").masked().notFinal().toWire().repeated(2000);
    frames += FrameBuilder::continuation("end").masked().toWire();
    Shown shown(logOfFrames(frames));
    QVERIFY(shown.choose(1));
    QScrollBar *wire = shown.visible()[0]->verticalScrollBar();
    QScrollBar *joined = shown.visible()[2]->verticalScrollBar();
    QVERIFY(wire->maximum() > 2 * joined->maximum());
    wire->setValue(wire->maximum() / 2);
    QVERIFY(std::abs(2 * joined->value() - joined->maximum()) <= 2);
    joined->setValue(joined->maximum());
    QCOMPARE(wire->value(), wire->maximum());
}

void tst_StagesView::titlesTellSizesAndTheRatio()
{
    const Stage wire{Stage::Kind::Wire, {}, 45, {}};
    const Stage payload{Stage::Kind::Payload, {}, 31, {}};
    const Stage inflated{Stage::Kind::Inflated, {}, 120, {}};
    QCOMPARE(StagesView::title(wire, nullptr), QStringLiteral("On the wire 45 B"));
    QCOMPARE(StagesView::title(payload, &wire), QStringLiteral("Payload 31 B"));
    QCOMPARE(StagesView::title(inflated, &payload), QStringLiteral("Inflated 120 B, ratio 3.9"));
    const Stage unknown{Stage::Kind::Payload, "abc", -1, {}};
    QCOMPARE(StagesView::title(unknown, &wire), QStringLiteral("Payload more than 3 B"));
    QCOMPARE(StagesView::title(inflated, &unknown), QStringLiteral("Inflated 120 B"));
}

QTEST_MAIN(tst_StagesView)
#include "tst_stagesview.moc"
