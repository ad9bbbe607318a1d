// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// firstframe PROGRAM [ARGUMENT...]: starts the program on the display of $DISPLAY, which must be empty, prints how many
// milliseconds passed until a picture of it was on the screen, and ends it.
//
// A column of pixels in the middle of the screen is looked at. A window that is there but not painted has one colour.

#include "loopback.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace Sidewire::Bench;

namespace {

constexpr timespec Pause{0, 500'000}; // Between two looks
constexpr double Longest = 20; // seconds
constexpr std::size_t ColorsOfPicture = 3;

std::set<unsigned long> colorsOfMiddle(Display *display)
{
    const Window root = DefaultRootWindow(display);
    const auto width = static_cast<unsigned>(DisplayWidth(display, DefaultScreen(display)));
    const auto height = static_cast<unsigned>(DisplayHeight(display, DefaultScreen(display)));
    XImage *image = XGetImage(display, root, static_cast<int>(width / 2), 0, 1, height, AllPlanes, ZPixmap);
    std::set<unsigned long> colors;
    for (unsigned y = 0; image && y < height; ++y) {
        colors.insert(XGetPixel(image, 0, static_cast<int>(y)));
    }
    if (image) {
        XDestroyImage(image);
    }
    return colors;
}

} // namespace

int main(int argc, char **argv)
{
    Display *display = argc > 1 ? XOpenDisplay(nullptr) : nullptr;
    if (!display) {
        std::fprintf(stderr, "usage: DISPLAY=... firstframe PROGRAM [ARGUMENT...]\n");
        return 1;
    }
    const Stopwatch watch;
    const pid_t child = check(fork(), "fork");
    if (child == 0) {
        execvp(argv[1], argv + 1);
        std::perror(argv[1]);
        _exit(127);
    }
    while (colorsOfMiddle(display).size() < ColorsOfPicture && watch.seconds() < Longest) {
        nanosleep(&Pause, nullptr);
    }
    const double seconds = watch.seconds();
    kill(child, SIGTERM);
    waitpid(child, nullptr, 0);
    XCloseDisplay(display);
    std::printf("%.1f\n", seconds * 1000);
    return seconds < Longest ? 0 : 1;
}
