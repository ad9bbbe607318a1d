// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "runoptions.h"

#include "app/filterargument.h"
#include "app/sessionarguments.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"

#include <QCommandLineParser>
#include <QFile>

namespace Sidewire {

namespace {

constexpr qint64 LargestFileToSend = 256LL * 1024 * 1024;

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Code::Io, QStringLiteral("cannot read %1: %2").arg(path, file.errorString())};
    }
    if (file.size() > LargestFileToSend) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 is larger than 256 MiB").arg(path)};
    }
    return file.readAll();
}

/// --send, --send-hex and --send-file in the order in which they were given.
Result<void> readSends(const QCommandLineParser &parser, RunOptions &options)
{
    QHash<QString, qsizetype> used;
    for (const QString &name : parser.optionNames()) {
        if (!name.startsWith(QLatin1String("send"))) {
            continue;
        }
        const QString value = parser.values(name).at(used[name]++);
        Result<QByteArray> bytes = name == u"send" ? Escapes::toBytes(value)
            : name == u"send-hex"                  ? Hex::toBytes(value)
                                                   : readFile(value);
        if (!bytes) {
            return Error{bytes.error().code, QStringLiteral("--%1: %2").arg(name, bytes.error().detail)};
        }
        options.sends.push_back(std::move(bytes).value());
    }
    return {};
}

Result<void> readUntil(const QString &text, RunOptions::Until &until)
{
    if (text == u"closed") {
        return {};
    }
    const QString name = text.section(u':', 0, 0);
    bool isNumber = false;
    const qint64 value = text.section(u':', 1).toLongLong(&isNumber);
    if (isNumber && value > 0) {
        if (name == u"idle") {
            until.idle = std::chrono::milliseconds(value);
            return {};
        }
        if (name == u"messages") {
            until.messages = value;
            return {};
        }
        if (name == u"time") {
            until.time = std::chrono::milliseconds(value);
            return {};
        }
    }
    return usage(QStringLiteral("--until takes closed, idle:MS, messages:N or time:MS, not \"%1\"").arg(text));
}

template<typename T>
Result<T> choose(const QString &option, const QString &value, const std::vector<std::pair<QString, T>> &choices)
{
    QStringList names;
    for (const auto &[name, choice] : choices) {
        if (name == value) {
            return choice;
        }
        names << name;
    }
    return usage(QStringLiteral("--%1 takes %2, not \"%3\"").arg(option, names.join(QStringLiteral(", ")), value));
}

Result<void> readOutput(const QCommandLineParser &parser, RunOptions &options)
{
    using Print = RunOptions::Print;
    const Result<Print> print = choose<Print>(QStringLiteral("print"), parser.value(QStringLiteral("print")),
                                              {{QStringLiteral("messages"), Print::Messages},
                                               {QStringLiteral("bytes"), Print::Bytes},
                                               {QStringLiteral("both"), Print::Both},
                                               {QStringLiteral("none"), Print::None}});
    if (!print) {
        return print.error();
    }
    options.print = *print;

    using Summary = RunOptions::Summary;
    const Result<Summary> summary =
        choose<Summary>(QStringLiteral("summary"), parser.value(QStringLiteral("summary")),
                        {{QStringLiteral("text"), Summary::Text}, {QStringLiteral("json"), Summary::Json}});
    if (!summary) {
        return summary.error();
    }
    options.summary = *summary;

    const Result<LensSpec> lens = LensSpec::parse(parser.value(QStringLiteral("lens")));
    if (!lens) {
        return lens.error();
    }
    options.lens = *lens;
    const Result<FilterExpression> filter = readFilterArgument(parser.value(QStringLiteral("filter")));
    if (!filter) {
        return filter.error();
    }
    options.filter = *filter;
    options.logPath = parser.value(QStringLiteral("log"));
    options.isBinary = parser.isSet(QStringLiteral("binary"));
    return {};
}

} // namespace

Result<RunOptions> parseRunArguments(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto value = QStringLiteral("value");
    for (const char *name : {"send", "send-hex", "send-file", "log", "until", "option"}) {
        parser.addOption({QLatin1String(name), QString(), value});
    }
    parser.addOption({QStringLiteral("lens"), QString(), value, QStringLiteral("auto")});
    parser.addOption({QStringLiteral("print"), QString(), value, QStringLiteral("messages")});
    parser.addOption({QStringLiteral("summary"), QString(), value, QStringLiteral("text")});
    parser.addOption({{QStringLiteral("filter"), QStringLiteral("print-filter")}, QString(), value});
    parser.addOption(QCommandLineOption(QStringLiteral("binary")));
    if (!parser.parse(QStringList{QStringLiteral("sidewire run")} + arguments)) {
        return usage(parser.errorText());
    }

    RunOptions options;
    const Result<SessionArguments> session =
        readSessionArguments(parser.positionalArguments(), parser.values(QStringLiteral("option")));
    if (!session) {
        return session.error();
    }
    options.spec = session->spec;
    options.notes = session->notes;
    if (const Result<void> read = readOutput(parser, options); !read) {
        return read.error();
    }
    for (const QString &condition : parser.values(QStringLiteral("until"))) {
        if (const Result<void> read = readUntil(condition, options.until); !read) {
            return read.error();
        }
    }
    if (const Result<void> read = readSends(parser, options); !read) {
        return read.error();
    }
    return options;
}

namespace {

constexpr qsizetype LongestHelp = 88; // Behind its indent; with it a line stays below 100

/// The options of a session as a list: what is typed, and under it what it does and to what it applies.
QByteArray optionHelp()
{
    QByteArray text;
    for (const OptionHelp &option : SessionOptions::help()) {
        const QString where = QStringLiteral("(%1%2)").arg(
            option.appliesTo, option.isRepeatable ? QStringLiteral("; repeatable") : QString());
        const bool isLong = option.description.size() + where.size() > LongestHelp;
        text += QStringLiteral("    %1=%2\n        %3%4%5\n")
                    .arg(option.name, option.syntax, option.description,
                         isLong ? QStringLiteral("\n        ") : QStringLiteral(" "), where)
                    .toUtf8();
    }
    return text;
}

} // namespace

QByteArray helpText()
{
    const QByteArray lenses =
        LensSpec::syntaxes().join(QStringLiteral("\n                                       ")).toLatin1();
    return "Sidewire: a network inspector that shows the bytes on the wire beside the messages they carry\n"
           "\n"
           "sidewire [TARGET|@PRESET|FILE.pcapng ...]\n"
           "                                       open the window, connect each target, open each log\n"
           "    --filter EXPR  --find TEXT\n"
           "                                       show only such messages; look for a text and mark it\n"
           "    --screenshot FILE [--size WxH] [--theme light|dark]\n"
           "                                       save a picture of the window once all is quiet, then quit\n"
           "    --measure-ui FILE                  write how late the event loop answered, once it is closed\n"
           "sidewire run TARGET|@PRESET [options]  run one session without a window; Ctrl+C ends it\n"
           "    --send TEXT | --send-hex HEX | --send-file PATH\n"
           "                                       repeatable, sent in this order once open; TEXT takes\n"
           "                                       \\r \\n \\t \\0 \\xHH \\\\\n"
           "    --binary                           WebSocket: send as binary messages\n"
           "    --lens LENS                        "
        + lenses
        + "\n"
          "                                       LENS@N begins at byte N; in=LENS/out=LENS: one a direction\n"
          "    --filter EXPR                      what of the messages is printed: 'in kind:text len>100'\n"
          "                                       (also --print-filter); the words are listed below\n"
          "    --log FILE                         where the log goes (default: an unlinked temporary file)\n"
          "    --print messages|bytes|both|none   the transcript on standard output (default messages)\n"
          "    --until closed|idle:MS|messages:N|time:MS\n"
          "                                       repeatable, the first to come true ends the run (default\n"
          "                                       closed); N counts what came in, HTTP heads excepted\n"
          "    --summary text|json                printed last\n"
          "    --option NAME=VALUE                repeatable; the names are listed below\n"
          "sidewire export FILE --to text|hexdump|csv|jsonl|har|raw [--lens LENS] [--filter EXPR]\n"
          "    [--direction in|out|both] [--connection N] [-o OUT]\n"
          "sidewire info FILE [--json]            the summary of a log\n"
          "sidewire presets [--json]              the sessions that were saved under a name\n"
          "sidewire command TARGET|@PRESET --as curl|ncat|socat|websocat|wscat|python\n"
          "    [--option NAME=VALUE] [--with-secrets]\n"
          "                                       the session as a command of another tool\n"
          "sidewire peers [--json]                start the built-in peers on loopback until interrupted\n"
          "sidewire --version | --help\n"
          "\n"
          "Targets: tcp://host:port, tls://host:port, udp://host:port, ws://host[:port]/path, wss://, and\n"
          "for listeners tcp-listen://[address]:port, tls-listen://, udp-listen://, ws-listen://,\n"
          "wss-listen://, where port 0 takes a free one. host:port or 'host port' alone means tcp.\n"
          "A command of curl, ncat, nc, socat, wscat or websocat is a target too: 'ncat -u host 53'.\n"
          "Exit status: 0 done; 1 wrong usage or an unreadable file; 2 the session could not be opened;\n"
          "3 it ended in an error.\n"
          "\n"
          "Filters: in out kind:text,binary len>100 conn:2,5-7 n>=10 code:1006 violation unfinished\n"
          "valid:json invalid:json valid:utf8 invalid:utf8 time>12:00:01.5 (UTC) \"text\" \"text\"i /regex/\n"
          "/regex/i hex:0d0a, put together with and, or, not and brackets: 'in kind:text invalid:json'\n"
          "\n"
          "Options of a session (--option NAME=VALUE; an empty value is the default):\n"
        + optionHelp();
}

} // namespace Sidewire
