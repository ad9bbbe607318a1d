// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "suggestlens.h"

#include "core/base/utf8.h"
#include "core/protocol/http/httphead.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace Sidewire {

namespace {

constexpr int MinHits = 4; ///< Records that end where a message ends
constexpr qsizetype MinRecordsOfFixed = 8;
constexpr qsizetype MinFixed = 4;

using Samples = std::vector<LensSample>;

/// How well a lens fits: where records end, messages should.
struct Fit
{
    int hits = 0;
    int misses = 0;
    int messages = 0;
    int empty = 0; ///< Messages without content
    std::set<qint64> lengths; ///< Of contents, the first few
    bool isMisfit = false;

    bool isStrong() const { return !isMisfit && hits >= MinHits && misses * 8 <= hits && empty * 2 <= messages; }
};

Fit fitOf(const LensSpec &spec, const Samples &samples, const LensContext &context)
{
    constexpr int Patience = 2; // Most lenses are out after the first records
    constexpr std::size_t MaxLengths = 4;
    const std::unique_ptr<Lens> lens = spec.create(context);
    Fit fit;
    std::array<qint64, DirectionCount> offsets{};
    std::vector<Message> messages;
    qint64 record = 0;
    for (const LensSample &sample : samples) {
        qint64 &offset = offsets[indexOf(sample.direction)];
        messages.clear();
        lens->feed({sample.direction, record, record, offset, sample.bytes.size(), sample.bytes}, messages);
        offset += sample.bytes.size();
        ++record;
        for (const Message &message : messages) {
            fit.isMisfit = fit.isMisfit || message.kind == MessageKind::Read || message.has(MessageFlag::Misfit);
            fit.empty += message.contentLength == 0 ? 1 : 0;
            if (fit.lengths.size() < MaxLengths) {
                fit.lengths.insert(message.contentLength);
            }
        }
        fit.messages += static_cast<int>(messages.size());
        if (!messages.empty()) { // Otherwise a long message goes on
            ++(messages.back().end == offset ? fit.hits : fit.misses);
        }
        if (fit.isMisfit || fit.misses > fit.hits + Patience) {
            fit.isMisfit = true;
            break;
        }
    }
    return fit;
}

LensSpec parsed(const QString &text)
{
    return LensSpec::parse(text).value();
}

LensSuggestion suggestion(const LensSpec &spec, const Fit &fit)
{
    const QByteArray hits = QByteArray::number(fit.hits);
    const QByteArray ends = fit.misses == 0
        ? "all " + hits + " reads and writes end where a message ends"
        : hits + " of " + QByteArray::number(fit.hits + fit.misses) + " reads and writes end where a message ends";
    return {spec, QByteArray::number(fit.messages) + " messages fit: " + ends};
}

bool isText(const Samples &samples, char allowed = '\n')
{
    std::array<Utf8Checker, DirectionCount> checkers;
    return std::ranges::all_of(samples, [&checkers, allowed](const LensSample &sample) {
        Utf8Checker &checker = checkers[indexOf(sample.direction)];
        checker.feed(sample.bytes);
        return checker.isValid() && std::ranges::all_of(sample.bytes, [allowed](char byte) {
                   return quint8(byte) >= 0x20 || byte == allowed || QByteArrayView("\t\r\n").contains(byte);
               });
    });
}

std::optional<LensSuggestion> suggestHttp(const Samples &samples)
{
    std::array<bool, DirectionCount> isKnown{};
    for (const LensSample &sample : samples) {
        bool &isLater = isKnown[indexOf(sample.direction)];
        if (!isLater && isHttpStartLine(QByteArrayView(sample.bytes).first(sample.bytes.indexOf('\n') + 1))) {
            return LensSuggestion{parsed(QStringLiteral("http")), "a direction begins with the first line of HTTP/1.1"};
        }
        isLater = true;
    }
    return {};
}

/// JSON that is not one text a line, which lines show as well.
std::optional<LensSuggestion> suggestJson(const Samples &samples, const LensContext &context)
{
    const bool isLikely =
        std::ranges::all_of(
            samples, [](const LensSample &sample) { return !sample.bytes.isEmpty() && !sample.bytes.contains('\0'); })
        && (samples.front().bytes.trimmed().startsWith('{') || samples.front().bytes.trimmed().startsWith('['));
    if (!isLikely || !isText(samples)) {
        return {};
    }
    const LensSpec spec = parsed(QStringLiteral("json"));
    Samples trimmed = samples; // Blanks belong to the text that follows
    for (LensSample &sample : trimmed) {
        sample.bytes = sample.bytes.trimmed();
    }
    const Fit fit = fitOf(spec, trimmed, context);
    const Fit lines = fitOf(parsed(QStringLiteral("lines")), samples, context);
    const bool isEachALine = lines.isStrong() && lines.messages == fit.messages;
    return fit.isStrong() && !isEachALine ? std::optional(suggestion(spec, fit)) : std::nullopt;
}

/// Text between bytes that are none, or lines.
std::optional<LensSuggestion> suggestDelimiter(const Samples &samples, const LensContext &context)
{
    struct Candidate
    {
        const char16_t *lens;
        char last;
    };
    for (const Candidate &each : {Candidate{u"lines", '\n'}, Candidate{u"delimiter:00", '\0'},
                                  Candidate{u"delimiter:03", '\x03'}, Candidate{u"delimiter:0d", '\r'}}) {
        if (!samples.front().bytes.endsWith(each.last) && !samples.back().bytes.endsWith(each.last)) {
            continue;
        }
        const LensSpec spec = parsed(QString::fromUtf16(each.lens));
        const Fit fit = fitOf(spec, samples, context);
        if (fit.isStrong() && isText(samples, each.last)) {
            return suggestion(spec, fit);
        }
    }
    const LensSpec between = parsed(QStringLiteral("between:02,03"));
    const Fit fit = fitOf(between, samples, context);
    return fit.isStrong() ? std::optional(suggestion(between, fit)) : std::nullopt;
}

std::optional<LensSuggestion> suggestSlip(const Samples &samples, const LensContext &context)
{
    const LensSpec spec = parsed(QStringLiteral("slip"));
    const bool hasEscapes = std::ranges::any_of(samples, [](const LensSample &sample) {
        return sample.bytes.contains("\xdb\xdc") || sample.bytes.contains("\xdb\xdd");
    });
    const bool isFramed = std::ranges::all_of(samples, [](const LensSample &sample) {
        return sample.bytes.startsWith('\xc0') && sample.bytes.endsWith('\xc0');
    });
    const Fit fit = hasEscapes || isFramed ? fitOf(spec, samples, context) : Fit();
    return fit.isStrong() ? std::optional(suggestion(spec, fit)) : std::nullopt;
}

/// The lengths to try: the usual shapes first, wide before narrow, since the last byte of a small wide number is itself a
/// number that fits.
QStringList lengthSpecs()
{
    constexpr std::array Types{"u64be", "u64le", "u32be", "u32le", "u24be", "u24le", "u16be", "u16le", "u8", "varint"};
    constexpr int MaxOffset = 8;
    QStringList specs{QStringLiteral("u16be,offset=4,adjust=6")}; // Modbus TCP, which u32be at 2 fits too
    for (const char *adjust : {"", ",adjust=0"}) {
        for (const char *type : Types) {
            specs += QLatin1String(type) + QLatin1String(adjust);
        }
    }
    for (const char *type : Types) {
        for (int offset = 1; offset <= MaxOffset; ++offset) {
            for (const char *adjust : {"", ",adjust=0"}) {
                specs +=
                    QStringLiteral("%1,offset=%2%3").arg(QLatin1String(type)).arg(offset).arg(QLatin1String(adjust));
            }
        }
    }
    for (const char *type : Types) {
        for (const int trailer : {1, 2, 4}) { // A check sum that the length does not count
            specs += QStringLiteral("%1,trailer=%2").arg(QLatin1String(type)).arg(trailer);
        }
    }
    return specs;
}

/// Modbus has a protocol of 0, a unit and a function behind a number that is never the same twice in a row.
bool canBeModbus(const Samples &samples)
{
    return std::ranges::all_of(samples, [](const LensSample &sample) {
        constexpr qsizetype Least = 8;
        const QByteArray &bytes = sample.bytes;
        return bytes.size() >= Least && bytes[2] == 0 && bytes[3] == 0 && bytes[4] == 0 && bytes[5] != 0
            && bytes[7] != 0;
    });
}

std::optional<LensSuggestion> suggestLength(const Samples &samples, const LensContext &context)
{
    const QStringList specs = lengthSpecs();
    for (const QString &each : canBeModbus(samples) ? specs : specs.mid(1)) {
        const LensSpec spec = parsed(QStringLiteral("length:") + each);
        const Fit fit = fitOf(spec, samples, context);
        // A byte that never changes is a length by chance once in 256 times.
        const bool isNarrow = each.startsWith(QLatin1String("u8")) || each.startsWith(QLatin1String("varint"));
        if (fit.isStrong() && (!isNarrow || fit.lengths.size() > 1)) {
            return suggestion(spec, fit);
        }
    }
    return {};
}

/// Records of different sizes that are all multiples of the smallest one.
std::optional<LensSuggestion> suggestFixed(const Samples &samples)
{
    std::set<qsizetype> sizes;
    qsizetype common = 0;
    for (const LensSample &sample : samples) {
        sizes.insert(sample.bytes.size());
        common = std::gcd(common, sample.bytes.size());
    }
    const bool isStrong = static_cast<qsizetype>(samples.size()) >= MinRecordsOfFixed && sizes.size() > 1
        && common >= MinFixed && *sizes.begin() == common;
    if (!isStrong) {
        return {};
    }
    return LensSuggestion{parsed(QStringLiteral("fixed:%1").arg(common)),
                          "the sizes of all " + QByteArray::number(qint64(samples.size()))
                              + " reads and writes are multiples of " + QByteArray::number(common)};
}

} // namespace

std::optional<LensSuggestion> suggestLens(const std::vector<LensSample> &samples, const LensContext &context)
{
    Samples looked;
    qint64 size = 0;
    for (const LensSample &sample : samples) {
        size += sample.bytes.size();
        if (static_cast<qsizetype>(looked.size()) == MaxLensSamples || size > MaxLensSampleBytes) {
            break;
        }
        if (!sample.bytes.isEmpty()) {
            looked.push_back(sample);
        }
    }
    if (looked.empty()) {
        return {};
    }
    std::optional<LensSuggestion> found = suggestHttp(looked);
    for (const auto suggest : {suggestJson, suggestDelimiter, suggestSlip, suggestLength}) {
        if (!found) {
            found = suggest(looked, context);
        }
    }
    return found ? found : suggestFixed(looked);
}

} // namespace Sidewire
