// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// firstframe [-o FILE.ppm] PROGRAM [ARGUMENT...]: starts the program on the display of $DISPLAY, prints how many
// milliseconds passed until its first frame was on the screen, and ends it. With -o that frame is written as a picture.
//
// The screen must be one colour before and becomes so again after. The server tells whenever something was drawn on it
// (DAMAGE), so that nothing is polled while the program starts. A window that is mapped but not painted, or filled with
// its background, has too few colours to be a frame.

#include "loopback.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <set>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace Sidewire::Bench;

namespace {

constexpr double Longest = 20; // seconds, for each of what is waited for
constexpr std::size_t ColorsOfFrame = 16; // Letters with smooth edges have more

[[noreturn]] void fail(const char *text)
{
    std::fprintf(stderr, "firstframe: %s\n", text);
    std::exit(1);
}

class Watched
{
public:
    Watched()
    {
        int error = 0;
        if (!m_display || !XDamageQueryExtension(m_display, &m_firstEvent, &error)) {
            fail("no display with the extension DAMAGE");
        }
        m_damage = XDamageCreate(m_display, DefaultRootWindow(m_display), XDamageReportNonEmpty);
        XSync(m_display, False);
    }
    ~Watched() { XCloseDisplay(m_display); }
    Watched(const Watched &) = delete;
    Watched &operator=(const Watched &) = delete;

    /// Waits until something has been drawn since the last call; false when nothing was for so long.
    bool waitForDrawing(double seconds)
    {
        const Stopwatch watch;
        while (watch.seconds() < seconds) {
            while (XPending(m_display) > 0) {
                XEvent event;
                XNextEvent(m_display, &event);
                if (event.type == m_firstEvent + XDamageNotify) {
                    XDamageSubtract(m_display, m_damage, None, None); // What is drawn from now on is told again
                    return true;
                }
            }
            pollfd readable{ConnectionNumber(m_display), POLLIN, 0};
            poll(&readable, 1, 100);
        }
        return false;
    }

    /// Looks at the screen, and counts its colours, as far as there are enough.
    std::size_t colors()
    {
        XImage *image = XGetImage(m_display, DefaultRootWindow(m_display), 0, 0, width(), height(), AllPlanes, ZPixmap);
        if (!image || image->bits_per_pixel != 32) {
            fail("the screen has no 32 bits a pixel");
        }
        const auto size = static_cast<std::size_t>(image->bytes_per_line) * height();
        m_pixels.assign(image->data, size);
        XDestroyImage(image);
        std::set<unsigned> colors;
        for (std::size_t at = 0; at < size && colors.size() < ColorsOfFrame; at += 4) {
            unsigned pixel = 0;
            std::memcpy(&pixel, m_pixels.data() + at, 4);
            colors.insert(pixel & 0xFFFFFFU);
        }
        return colors.size();
    }

    /// Waits until nothing but the background is left.
    void waitUntilEmpty()
    {
        const Stopwatch watch;
        while (colors() > 1) {
            if (watch.seconds() > Longest) {
                fail("the screen is not empty");
            }
            waitForDrawing(0.2);
        }
    }

    /// What colors() looked at.
    void write(const char *path) const
    {
        std::FILE *file = std::fopen(path, "wb");
        if (!file) {
            fail("cannot write the picture");
        }
        std::fprintf(file, "P6 %u %u 255\n", width(), height());
        for (std::size_t at = 0; at < m_pixels.size(); at += 4) {
            for (const std::size_t channel : {2, 1, 0}) { // As a little-endian server has them
                std::fputc(static_cast<unsigned char>(m_pixels[at + channel]), file);
            }
        }
        std::fclose(file);
    }

private:
    unsigned width() const { return static_cast<unsigned>(DisplayWidth(m_display, DefaultScreen(m_display))); }
    unsigned height() const { return static_cast<unsigned>(DisplayHeight(m_display, DefaultScreen(m_display))); }

    Display *m_display = XOpenDisplay(nullptr);
    Damage m_damage = None;
    int m_firstEvent = 0;
    std::string m_pixels;
};

pid_t start(char **command)
{
    const pid_t child = check(fork(), "fork");
    if (child == 0) {
        execvp(command[0], command);
        std::perror(command[0]);
        _exit(127);
    }
    return child;
}

} // namespace

int main(int argc, char **argv)
{
    const char *picture = argc > 3 && std::strcmp(argv[1], "-o") == 0 ? argv[2] : nullptr;
    char **command = argv + (picture ? 3 : 1);
    if (!*command) {
        fail("usage: DISPLAY=... firstframe [-o FILE.ppm] PROGRAM [ARGUMENT...]");
    }
    Watched screen;
    screen.waitUntilEmpty();
    while (screen.waitForDrawing(0.2)) { // What is still under way from before
    }

    const Stopwatch watch;
    const pid_t child = start(command);
    double seconds = 0;
    do {
        if (!screen.waitForDrawing(Longest)) {
            kill(child, SIGKILL);
            fail("the program draws nothing");
        }
        seconds = watch.seconds();
    } while (screen.colors() < ColorsOfFrame);
    if (picture) {
        screen.write(picture);
    }

    kill(child, SIGTERM);
    waitpid(child, nullptr, 0);
    screen.waitUntilEmpty();
    std::printf("%.1f\n", seconds * 1000);
    return 0;
}
