// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "decoder.h"

#include "core/decode/base64.h"
#include "core/decode/inflate.h"
#include "core/payload/escapes.h"
#include "core/payload/json.h"
#include "core/payload/text.h"

#include <QStringList>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr std::size_t MaxLayers = 4;

QByteArrayView trimmed(QByteArrayView bytes)
{
    return bytes.trimmed();
}

bool isReadable(QByteArrayView bytes)
{
    const Shape shape = shapeOf(bytes);
    return shape == Shape::Json || shape == Shape::Text;
}

int base64Fit(QByteArrayView bytes)
{
    constexpr qsizetype Least = 12; // A short word may be base64 by chance
    const Result<QByteArray> decoded = Base64::decode(bytes);
    if (!decoded || decoded->isEmpty()) {
        return 0;
    }
    const bool isCompressed =
        Inflate::containerOf(*decoded) != Inflate::Container::Raw && fit(Decoder::Inflate, *decoded) >= GoodFit;
    return decoded->size() >= Least && (isReadable(*decoded) || isCompressed) ? 70 : 15;
}

int percentFit(QByteArrayView bytes)
{
    const QByteArrayView text = trimmed(bytes);
    return text.contains('%') && UrlEncoded::decode(text) ? 30 : 0;
}

int formFit(QByteArrayView bytes)
{
    const QByteArrayView text = trimmed(bytes);
    if (!text.contains('=')) {
        return 0;
    }
    const auto fields = UrlEncoded::formFields(text);
    if (!fields || fields->empty()) {
        return 0;
    }
    const bool isForm = std::ranges::all_of(*fields, [](const UrlEncoded::FormField &field) {
        return field.hasValue && !field.name.isEmpty() && shapeOf(field.name) == Shape::Text;
    });
    return isForm && (fields->size() > 1 || text.contains('%')) ? 65 : 20;
}

int inflateFit(QByteArrayView bytes)
{
    constexpr qsizetype Enough = 64 * 1024; // To see whether it works
    const auto inflated = Inflate::inflate(bytes, Enough);
    if (!inflated) {
        return 0;
    }
    if (inflated->container != Inflate::Container::Raw) {
        return 80;
    }
    // Raw deflate announces itself by nothing, and a few bytes of anything may inflate to something.
    const bool isWhole = !inflated->isIncomplete && (inflated->isCut || inflated->used == bytes.size());
    return isWhole && inflated->bytes.size() > bytes.size() && isReadable(inflated->bytes) ? GoodFit : 0;
}

QString inflateName(Inflate::Container container)
{
    switch (container) {
    case Inflate::Container::Gzip:
        return QStringLiteral("gzip");
    case Inflate::Container::Zlib:
        return QStringLiteral("zlib");
    case Inflate::Container::Raw:
        break;
    }
    return QStringLiteral("deflate");
}

struct Layered
{
    Unwrapped::Layer layer;
    QByteArray bytes;
};

Result<Layered> inflateLayer(QByteArrayView bytes, qsizetype limit)
{
    Result<Inflate::Inflated> inflated = Inflate::inflate(bytes, limit);
    if (!inflated) {
        return Error{inflated.error().code,
                     QStringLiteral("Neither gzip nor zlib nor deflate: %1").arg(inflated.error().detail)};
    }
    QStringList remarks;
    if (inflated->isCut) {
        remarks += QStringLiteral("cut after %1 bytes").arg(limit);
    } else if (inflated->isIncomplete) {
        remarks += QStringLiteral("the compressed data is incomplete");
    } else if (inflated->used < bytes.size()) {
        remarks += QStringLiteral("%1 bytes follow the compressed data").arg(bytes.size() - inflated->used);
    }
    return Layered{{Decoder::Inflate, inflateName(inflated->container), remarks.join(QStringLiteral(", "))},
                   std::move(inflated->bytes)};
}

Result<Layered> layerOf(QByteArrayView bytes, Decoder decoder, qsizetype limit)
{
    const auto plain = [decoder](const Result<QByteArray> &decoded) -> Result<Layered> {
        if (!decoded) {
            return Error{decoded.error().code,
                         QStringLiteral("Not %1: %2").arg(nameOf(decoder), decoded.error().detail)};
        }
        return Layered{{decoder, nameOf(decoder), {}}, *decoded};
    };
    switch (decoder) {
    case Decoder::Base64:
        return plain(Base64::decode(bytes));
    case Decoder::Percent:
        return plain(UrlEncoded::decode(trimmed(bytes)));
    case Decoder::Form: {
        const auto fields = UrlEncoded::formFields(trimmed(bytes));
        return plain(fields ? Result<QByteArray>(formText(*fields)) : Result<QByteArray>(fields.error()));
    }
    case Decoder::Inflate:
        break;
    }
    return inflateLayer(bytes, limit);
}

} // namespace

QString nameOf(Decoder decoder)
{
    switch (decoder) {
    case Decoder::Base64:
        return QStringLiteral("base64");
    case Decoder::Percent:
        return QStringLiteral("percent-encoded");
    case Decoder::Form:
        return QStringLiteral("form fields");
    case Decoder::Inflate:
        break;
    }
    return QStringLiteral("gzip, zlib or deflate");
}

Shape shapeOf(QByteArrayView bytes)
{
    if (bytes.isEmpty()) {
        return Shape::Empty;
    }
    if (!Text::isValidUtf8(bytes, Text::Ending::AllowCut) || bytes.contains('\0')) {
        return Shape::Binary;
    }
    const QByteArrayView text = trimmed(bytes);
    const bool looksLikeJson = text.startsWith('{') || text.startsWith('[');
    return looksLikeJson && Json::isValid(text) ? Shape::Json : Shape::Text;
}

int fit(Decoder decoder, QByteArrayView bytes)
{
    if (bytes.isEmpty()) {
        return 0;
    }
    switch (decoder) {
    case Decoder::Base64:
        return base64Fit(bytes);
    case Decoder::Percent:
        return percentFit(bytes);
    case Decoder::Form:
        return formFit(bytes);
    case Decoder::Inflate:
        break;
    }
    return inflateFit(bytes);
}

std::optional<Decoder> bestFit(QByteArrayView bytes)
{
    const auto best = std::ranges::max_element(Decoders, {}, [bytes](Decoder decoder) { return fit(decoder, bytes); });
    return fit(*best, bytes) >= GoodFit ? std::optional(*best) : std::nullopt;
}

QString Unwrapped::names() const
{
    QStringList names;
    for (const Layer &layer : layers) {
        names += layer.name;
    }
    return names.join(QStringLiteral(" \u2192 "));
}

QString Unwrapped::remarks() const
{
    QStringList remarks;
    for (const Layer &layer : layers) {
        if (!layer.remark.isEmpty()) {
            remarks += layer.remark;
        }
    }
    return remarks.join(QStringLiteral(", "));
}

Result<Unwrapped> unwrap(QByteArrayView bytes, Decoder first, qsizetype limit)
{
    Unwrapped all;
    Decoder decoder = first;
    while (true) {
        Result<Layered> layer = layerOf(all.layers.empty() ? bytes : QByteArrayView(all.bytes), decoder, limit);
        if (!layer) {
            return layer.error();
        }
        all.layers.push_back(std::move(layer->layer));
        all.bytes = std::move(layer->bytes);
        if (decoder == Decoder::Form || all.layers.size() == MaxLayers) {
            return all;
        }
        const std::optional<Decoder> next = bestFit(all.bytes);
        if (!next) {
            return all;
        }
        decoder = *next;
    }
}

QByteArray formText(const std::vector<UrlEncoded::FormField> &fields)
{
    QByteArray text;
    for (const UrlEncoded::FormField &field : fields) {
        text += Escapes::fromBytes(field.name).toUtf8();
        if (field.hasValue) {
            text += " = " + Escapes::fromBytes(field.value).toUtf8();
        }
        text += '\n';
    }
    return text;
}

} // namespace Sidewire
