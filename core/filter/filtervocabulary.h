// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <vector>

namespace Sidewire {

/// A word of the filter language as it can be offered to somebody who types.
struct FilterWord
{
    QString text; ///< "in", "kind:text", "len>" (what ends with an operator wants a value)
    QString meaning; ///< A few words
};

/// All words, in an order that people can read. Where a value comes from a short list there is one for each.
const std::vector<FilterWord> &filterVocabulary();

} // namespace Sidewire
