// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// JSON text.

#include "core/payload/json.h"

#include "tests/fuzz/check.h"

using namespace Sidewire;
using Fuzz::check;

namespace {

/// JSON text without the white space between its tokens.
QByteArray withoutSpace(QByteArrayView text)
{
    QByteArray tokens;
    bool isInString = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        const bool isSpace = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
        if (isInString || !isSpace) {
            tokens += byte;
        }
        if (isInString && byte == '\\' && at + 1 < text.size()) {
            tokens += text[++at];
        } else if (byte == '"') {
            isInString = !isInString;
        }
    }
    return tokens;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const Result<QByteArray> indented = Json::reindent(text);
    check(Json::isValid(text) == bool(indented), "what is valid can be indented");
    if (!indented) {
        check(!indented.error().detail.isEmpty(), "what is wrong is said");
        return 0;
    }
    check(withoutSpace(*indented) == withoutSpace(text), "nothing but white space changes");
    const Result<QByteArray> again = Json::reindent(*indented);
    check(again && *again == *indented, "indenting again changes nothing");
    const Result<QByteArray> flat = Json::reindent(text, 0);
    check(flat && withoutSpace(*flat) == withoutSpace(text), "nor does another indentation");
    return 0;
}
