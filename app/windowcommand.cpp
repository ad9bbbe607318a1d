// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "windowcommand.h"

#include "app/console.h"
#include "app/filterargument.h"
#include "app/interrupt.h"
#include "app/pictureofwindow.h"
#include "app/uimeter.h"
#include "core/session/engine.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/theme/contraststyle.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QPalette>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace Sidewire {

namespace {

struct WindowOptions
{
    QStringList targets; ///< Targets and log files, in order
    FirstView view; ///< Of each of them
    QStringList sends; ///< Sent in the last session, for pictures
    QString picture; ///< Where the picture goes; empty: none is taken
    QString measureFile;
    std::optional<QSize> size;
    bool isDark = false;
};

Result<QSize> parseSize(const QString &text)
{
    bool isWidth = false;
    bool isHeight = false;
    const QSize size(text.section(u'x', 0, 0).toInt(&isWidth), text.section(u'x', 1).toInt(&isHeight));
    if (!isWidth || !isHeight || size.width() < 200 || size.height() < 200 || size.width() > 8000
        || size.height() > 8000) {
        return Error{Error::Code::Usage, QStringLiteral("--size takes WIDTHxHEIGHT, not \"%1\"").arg(text)};
    }
    return size;
}

Result<WindowOptions> parseWindowArguments(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto value = QStringLiteral("value");
    for (const char *name : {"filter", "find", "measure-ui", "screenshot", "send", "size", "theme"}) {
        parser.addOption({QLatin1String(name), QString(), value});
    }
    if (!parser.parse(arguments)) {
        return Error{Error::Code::Usage, parser.errorText()};
    }
    WindowOptions options;
    options.targets = parser.positionalArguments();
    options.view = {parser.value(QStringLiteral("filter")), parser.value(QStringLiteral("find"))};
    if (const auto filter = readFilterArgument(options.view.filter); !filter) {
        return filter.error();
    }
    options.sends = parser.values(QStringLiteral("send"));
    options.picture = parser.value(QStringLiteral("screenshot"));
    options.measureFile = parser.value(QStringLiteral("measure-ui"));
    options.isDark = parser.value(QStringLiteral("theme")) == u"dark";
    if (parser.isSet(QStringLiteral("size"))) {
        const Result<QSize> size = parseSize(parser.value(QStringLiteral("size")));
        if (!size) {
            return size.error();
        }
        options.size = *size;
    }
    return options;
}

/// A dark palette for pictures; in daily use the palette is the system's.
QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x31), QColor(0x23, 0x25, 0x29));
    palette.setColor(QPalette::Base, QColor(0x1b, 0x1d, 0x20));
    palette.setColor(QPalette::AlternateBase, QColor(0x21, 0x23, 0x27));
    palette.setColor(QPalette::WindowText, QColor(0xe6, 0xe7, 0xea));
    palette.setColor(QPalette::Text, QColor(0xe6, 0xe7, 0xea));
    palette.setColor(QPalette::ButtonText, QColor(0xe6, 0xe7, 0xea));
    palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9e, 0xa6));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x6f, 0xb7));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x6c, 0xb2, 0xff));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, QColor(0x85, 0x89, 0x91));
    }
    return palette;
}

bool hasDisplay()
{
#if defined(Q_OS_LINUX)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

} // namespace

int windowCommand(int &argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    const bool asksForPlatform = arguments.contains(QStringLiteral("-platform"));
    if (!hasDisplay() && !asksForPlatform) {
        Console::printError(
            QStringLiteral("there is no display to open the window on; 'sidewire run TARGET' needs none"));
        return ExitUsage;
    }
    QApplication application(argc, argv); // takes Qt's own options away
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Sidewire"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.sidewire.Sidewire"));
    const Result<WindowOptions> options = parseWindowArguments(QCoreApplication::arguments());
    if (!options) {
        return Console::usageError(options.error().detail);
    }
    QApplication::setStyle(options->isDark ? new Theme::ContrastStyle(QStringLiteral("Fusion"))
                                           : new Theme::ContrastStyle);
    if (options->isDark) {
        QApplication::setPalette(darkPalette());
    }

    // A picture shows the program as it is when new, and leaves no trace.
    QTemporaryDir scratch;
    WindowPlaces places;
    if (!options->picture.isEmpty()) {
        places = {scratch.filePath(QStringLiteral("settings.ini")), scratch.path()};
    }
    Engine engine;
    MainWindow window(engine, places);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, &window, &MainWindow::close);
    if (options->size) {
        window.resize(*options->size);
    }
    std::unique_ptr<UiMeter> meter;
    if (!options->measureFile.isEmpty()) {
        meter = std::make_unique<UiMeter>();
    }
    window.show();
    for (const QString &target : options->targets) {
        window.openArgument(target, options->view);
    }

    std::unique_ptr<PictureOfWindow> picture;
    if (!options->picture.isEmpty()) {
        picture = std::make_unique<PictureOfWindow>(window, options->sends, options->picture);
    }
    int status = QApplication::exec();
    if (meter) {
        if (const Result<void> written = meter->finish(options->measureFile); !written) {
            Console::printError(written.error().detail);
            status = ExitUsage;
        }
    }
    return status;
}

} // namespace Sidewire
