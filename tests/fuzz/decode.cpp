// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A payload that every decoder is tried on.

#include "core/decode/base64.h"
#include "core/decode/checksums.h"
#include "core/decode/decoder.h"
#include "core/decode/inflate.h"
#include "core/decode/jsontree.h"
#include "core/decode/numbers.h"
#include "core/decode/textencoding.h"
#include "core/decode/urlencoded.h"
#include "core/payload/json.h"
#include "tests/fuzz/check.h"

#include <algorithm>

using namespace Sidewire;
using Fuzz::check;

namespace {

constexpr qsizetype Limit = 64 * 1024;

void checkBase64(QByteArrayView bytes)
{
    const Result<QByteArray> decoded = Base64::decode(bytes);
    if (!decoded) {
        check(!decoded.error().detail.isEmpty(), "what is wrong with base64 is said");
        return;
    }
    const bool isUrlSafe = bytes.contains('-') || bytes.contains('_');
    const auto alphabet = isUrlSafe ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    check(*decoded == QByteArray::fromBase64(bytes.toByteArray(), alphabet), "base64 is what Qt says");
    check(Base64::decode(decoded->toBase64(alphabet)).value() == *decoded, "encoded again it is the same");
}

void checkUrlEncoded(QByteArrayView bytes)
{
    if (const Result<QByteArray> decoded = UrlEncoded::decode(bytes)) {
        check(*decoded == QByteArray::fromPercentEncoding(bytes.toByteArray()), "percent encoding is what Qt says");
    }
    if (const auto fields = UrlEncoded::formFields(bytes)) {
        check(fields->size() <= 10'000, "the number of fields has a limit");
        formText(*fields);
    }
}

void checkInflated(QByteArrayView bytes)
{
    if (const Result<Inflate::Inflated> inflated = Inflate::inflate(bytes, Limit)) {
        check(inflated->bytes.size() <= Limit, "a bomb ends at the limit");
        check(inflated->used >= 0 && inflated->used <= bytes.size(), "no more is used than there is");
    }
    for (const Decoder decoder : Decoders) {
        const int fitness = fit(decoder, bytes);
        check(fitness >= 0 && fitness <= 100, "how well a decoder fits is a percentage");
        const Result<Unwrapped> unwrapped = unwrap(bytes, decoder, Limit);
        check(unwrapped || fitness == 0, "a decoder that fits works");
        if (unwrapped) {
            check(unwrapped->bytes.size() <= Limit && !unwrapped->layers.empty(), "so do several, to the limit");
            check(!unwrapped->names().isEmpty(), "and they have names");
        }
    }
}

void checkTree(QByteArrayView bytes)
{
    const Result<JsonTree> tree = JsonTree::parse(bytes.toByteArray(), 100);
    check(bool(tree) == Json::isValid(bytes), "a tree is made of what is valid");
    for (int node = 0; tree && node < tree->count(); ++node) {
        const int parent = tree->parent(node);
        check(parent < node && (parent >= 0) == (node > 0), "a node has its parent before it");
        check(parent < 0 || tree->child(parent, tree->row(node)) == node, "and is its child");
        check(Json::isValid(tree->value(node)), "a value is JSON");
        check(tree->isContainer(node) || tree->childCount(node) == 0, "only containers have children");
        tree->path(node);
        if (!tree->key(node).isEmpty()) {
            unescapedJson(tree->key(node));
        }
    }
}

void checkChecksums(QByteArrayView bytes)
{
    ChecksumCounter whole;
    whole.feed(bytes);
    ChecksumCounter pieces;
    Fuzz::Splitter splitter;
    splitter.mix(bytes);
    for (QByteArrayView rest = bytes; !rest.isEmpty();) {
        const qsizetype size = std::min(splitter.next(), rest.size());
        pieces.feed(rest.first(size));
        rest = rest.sliced(size);
    }
    check(whole.result() == pieces.result(), "any splitting gives the same checksums");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QStringList encodings = TextEncoding::names();
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    checkBase64(bytes);
    checkUrlEncoded(bytes);
    checkInflated(bytes);
    checkTree(bytes);
    checkChecksums(bytes);
    numbersAt(bytes);
    const QString suggested = TextEncoding::suggested(bytes);
    check(suggested.isEmpty() || encodings.contains(suggested), "an encoding that is suggested can be chosen");
    for (const QString &encoding : encodings.mid(0, 8)) {
        check(bool(TextEncoding::decode(bytes, encoding)), "what can be chosen decodes");
    }
    return 0;
}
