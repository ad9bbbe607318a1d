// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// paintbench FILE PAINTS: opens a log (makelog makes a long one) in both views at 1366 x 768 and measures how long each
// takes to paint: at places chosen by chance, whose bytes are not in memory yet, and page by page from there.

#include "loopback.h"

#include "core/index/sessionlog.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/views/ribbons.h"
#include "ui/views/trafficview.h"

#include <QApplication>
#include <QImage>

#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

using namespace Sidewire;

namespace {

constexpr int PagesAfterJump = 4;

struct Times
{
    std::vector<double> milliseconds;

    void paint(QWidget &widget, QImage &image)
    {
        const Bench::Stopwatch watch;
        widget.render(&image);
        milliseconds.push_back(watch.seconds() * 1000);
    }

    void print(const char *name)
    {
        std::sort(milliseconds.begin(), milliseconds.end());
        const auto at = [this](double part) {
            return milliseconds[static_cast<std::size_t>(part * static_cast<double>(milliseconds.size() - 1))];
        };
        std::printf("%-15s p50 %6.2f ms   p99 %6.2f ms   worst %6.2f ms\n", name, at(0.5), at(0.99), at(1));
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const qint64 paints = Bench::numberArgument(argc, argv, 2, "paintbench FILE PAINTS");
    const auto opened = SessionLog::open(QString::fromLocal8Bit(argv[1]));
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().detail));
        return 1;
    }
    const std::shared_ptr<SessionLog> log = opened.value();
    const Bench::Stopwatch indexing;
    log->waitUntilCaughtUp();

    TrafficView view;
    view.resize(1366, 768);
    view.show();
    view.setLog(log);
    view.setFollowing(false);
    std::printf("%lld records, %lld messages, indexed in %.1f s\n", static_cast<long long>(log->records().count()),
                static_cast<long long>(log->messages()->count()), indexing.seconds());

    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    std::mt19937_64 random(1);
    auto *bytes = view.findChild<ByteView *>();
    auto *messages = view.findChild<MessageView *>();
    auto *ribbons = view.findChild<Ribbons *>();
    Times byteJumps;
    Times bytePages;
    Times messageJumps;
    Times messagePages;
    Times ribbonPaints;
    for (qint64 i = 0; i < paints; ++i) {
        const qint64 row =
            std::uniform_int_distribution<qint64>(0, std::max<qint64>(0, messages->lineCount() - 1))(random);
        messages->scrollTo(row);
        messageJumps.paint(*messages->viewport(), image);
        const std::optional<Message> message = messages->messageAt(row);
        bytes->scrollTo(message ? bytes->lineOf({message->firstRecord, message->begin}) : 0);
        byteJumps.paint(*bytes->viewport(), image);
        ribbonPaints.paint(*ribbons, image);
        QCoreApplication::processEvents(); // The bytes that were asked for come in
        for (int page = 0; page < PagesAfterJump; ++page) {
            messages->scrollTo(messages->topLine() + messages->visibleLines());
            messagePages.paint(*messages->viewport(), image);
            bytes->scrollTo(bytes->topLine() + bytes->visibleLines());
            bytePages.paint(*bytes->viewport(), image);
        }
    }
    byteJumps.print("bytes, jump");
    bytePages.print("bytes, page");
    messageJumps.print("messages, jump");
    messagePages.print("messages, page");
    ribbonPaints.print("ribbons");
    return 0;
}
