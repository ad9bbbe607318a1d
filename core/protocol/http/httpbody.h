// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/http/httphead.h"

namespace Sidewire {

/// What of a request changes how the answer to it is read (RFC 9112, 6.3).
enum class HttpRequestKind : quint8 { Ordinary, Head, Connect };

HttpRequestKind requestKind(const HttpHead &request);

/// How the body behind a head is delimited.
struct HttpBody
{
    enum class Framing {
        None,
        Length,
        Chunked,
        UntilEnd, ///< The stream ends it
    };
    Framing framing = Framing::None;
    qint64 length = 0; ///< With Length, never 0
    bool isMalformed =
        false; ///< The head contradicts itself, which is how requests are smuggled (RFC 9112, 6.3 and 11.2)

    friend bool operator==(const HttpBody &, const HttpBody &) = default;
};

/// `request` is the kind of the request that a response answers.
HttpBody bodyOf(const HttpHead &head, HttpRequestKind request = HttpRequestKind::Ordinary);

} // namespace Sidewire
