// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// paintbench LOG STEPS LENS [OTHER]: shows a log at 1366 x 768 and scrolls it as a user does, in the messages and in the
// bytes: by page keys, and by dragging the bar over all of it, to places whose bytes are not in memory. Then rests at
// messages here and there, for which the detail is filled in each of its tabs. Prints how long the steps take, each with all
// that is painted for it, in milliseconds; and the same of the work that they are, for on a busy machine others come in
// between. With OTHER the log is cut with that lens meanwhile, and the steps go on until that is done.

#include "loopback.h"

#include "core/index/sessionlog.h"
#include "ui/theme/contraststyle.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTabWidget>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

using namespace Sidewire;

namespace {

constexpr const char *Usage = "paintbench LOG STEPS LENS [OTHER]";

int fail(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    return 1;
}

/// Milliseconds that steps took, and how long this thread was at work for them.
class Times
{
public:
    void take(const std::function<void()> &step)
    {
        const double workBefore = work();
        const Bench::Stopwatch watch;
        step();
        m_passed.push_back(watch.seconds() * 1000);
        m_worked.push_back(work() - workBefore);
    }

    void print(const char *name, const char *how)
    {
        std::sort(m_passed.begin(), m_passed.end());
        std::sort(m_worked.begin(), m_worked.end());
        std::printf("%s, %s: p50 %.2f p99 %.2f worst %.2f of %zu steps; of work p50 %.2f p99 %.2f worst %.2f\n", name,
                    how, at(m_passed, 0.5), at(m_passed, 0.99), at(m_passed, 1), m_passed.size(), at(m_worked, 0.5),
                    at(m_worked, 0.99), at(m_worked, 1));
    }

private:
    static double work()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    static double at(const std::vector<double> &sorted, double part)
    {
        return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
    }

    std::vector<double> m_passed;
    std::vector<double> m_worked;
};

/// Scrolls a window's traffic and takes the times.
class Scroller final : public QObject
{
public:
    Scroller(std::shared_ptr<SessionLog> log, qint64 steps)
        : m_log(std::move(log))
        , m_lens(m_log->chosenLens())
        , m_steps(steps)
    {
        m_log->setDoorbell([this] { m_hasRung = true; });
        m_view.resize(1366, 768);
        m_view.show();
        m_view.setLog(m_log);
        m_view.setDetailVisible(true);
        m_view.setFollowing(false);
        QCoreApplication::processEvents();
    }

    ~Scroller() override { m_log->setDoorbell({}); }

    void scroll(const char *name, LogScrollArea &area, const LensSpec *other)
    {
        area.viewport()->installEventFilter(this);
        area.scrollTo(0);
        const auto page = [&area](qint64 step) {
            // To and fro, so that a short log does not end before the steps do.
            press(area, step % 64 < 32 ? Qt::Key_PageDown : Qt::Key_PageUp);
        };
        measure(name, "page keys", area, other, page);
        QScrollBar &bar = *area.verticalScrollBar();
        bar.setSliderDown(true);
        const auto drag = [&](qint64 step) {
            bar.setSliderPosition(static_cast<int>(bar.maximum() * (step % m_steps) / m_steps));
        };
        measure(name, "dragging", area, other, drag);
        bar.setSliderDown(false);
        area.viewport()->removeEventFilter(this);
    }

    /// Each turn of the event loop while the detail is filled, with what came for it from workers.
    void rest(MessageView &messages)
    {
        constexpr qint64 Places = 5;
        constexpr qint64 Rest = 400; // Milliseconds, for the pause and the megabyte
        for (const int tab : {DetailView::TextTab, DetailView::HexTab, DetailView::FrameTab, DetailView::StagesTab}) {
            Times times;
            m_view.findChild<DetailView *>()->setCurrentTab(tab);
            for (qint64 place = 0; place < Places; ++place) {
                const qint64 row = messages.lineCount() * place / Places;
                times.take([&] { Q_EMIT messages.currentRequested(row); });
                QElapsedTimer rested;
                rested.start();
                while (!rested.hasExpired(Rest)) {
                    times.take([] { QCoreApplication::processEvents(); });
                    takeNews(times);
                }
            }
            times.print("detail", qPrintable(m_view.findChild<QTabWidget *>()->tabText(tab)));
        }
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        m_paints += event->type() == QEvent::Paint;
        return false;
    }

    TrafficView &view() { return m_view; }
    qint64 unpainted() const { return m_unpainted; } ///< Steps after which nothing was painted: there should be none

private:
    static void press(QWidget &widget, Qt::Key key)
    {
        QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &down);
        QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &up);
    }

    void measure(const char *name, const char *how, const LogScrollArea &area, const LensSpec *other,
                 const std::function<void(qint64)> &move)
    {
        if (other) {
            m_log->setLens(*other);
        }
        Times times;
        for (qint64 step = 0; other ? m_log->progress().recutDone >= 0 : step < m_steps; ++step) {
            const qint64 paintsBefore = m_paints;
            const qint64 topBefore = area.topLine();
            times.take([&] {
                move(step);
                QCoreApplication::processEvents();
            });
            m_unpainted += area.topLine() != topBefore && m_paints == paintsBefore;
            takeNews(times);
        }
        times.print(name, how);
        if (other) {
            m_log->setLens(m_lens);
            m_log->waitUntilCaughtUp();
        }
    }

    /// As the window does it: bytes that came into memory are painted in another turn.
    void takeNews(Times &times)
    {
        if (m_hasRung.exchange(false)) {
            times.take([this] {
                m_log->answerDoorbell();
                m_view.refresh();
                QCoreApplication::processEvents();
            });
        }
    }

    std::shared_ptr<SessionLog> m_log;
    const LensSpec m_lens;
    const qint64 m_steps;
    std::atomic<bool> m_hasRung = false;
    qint64 m_paints = 0;
    qint64 m_unpainted = 0;
    TrafficView m_view;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new Theme::ContrastStyle); // As the program does
    const qint64 steps = Bench::numberArgument(argc, argv, 2, Usage);
    if (argc < 4 || argc > 5) {
        return fail(QString::fromLatin1(Usage));
    }
    const auto lens = LensSpec::parse(QString::fromLocal8Bit(argv[3]));
    const auto other = LensSpec::parse(QString::fromLocal8Bit(argv[argc - 1]));
    if (!lens || !other) {
        return fail((lens ? other : lens).error().detail);
    }
    const auto opened = SessionLog::open(QString::fromLocal8Bit(argv[1]), *lens);
    if (!opened) {
        return fail(opened.error().detail);
    }
    const Bench::Stopwatch indexing;
    (*opened)->waitUntilCaughtUp();
    std::printf("%lld records, %lld messages, indexed in %.1f s\n",
                static_cast<long long>((*opened)->records().count()),
                static_cast<long long>((*opened)->messages()->count()), indexing.seconds());

    Scroller scroller(*opened, steps);
    const LensSpec *meanwhile = argc == 5 ? &*other : nullptr;
    scroller.scroll("messages", *scroller.view().findChild<MessageView *>(), meanwhile);
    scroller.scroll("bytes", *scroller.view().findChild<ByteView *>(), meanwhile);
    scroller.rest(*scroller.view().findChild<MessageView *>());
    return scroller.unpainted() == 0 ? 0 : fail(QStringLiteral("%1 steps without a paint").arg(scroller.unpainted()));
}
