// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "answervalues.h"

#include "core/session/options/optionvalues.h"

#include <algorithm>
#include <array>

namespace Sidewire {

using OptionValues::usage;

namespace {

using Kind = AnswerOptions::Kind;

struct AnswerName
{
    const char *name;
    Kind kind;
};

constexpr std::array AnswerNames = {
    AnswerName{"none", Kind::None},     AnswerName{"echo", Kind::Echo},   AnswerName{"discard", Kind::Discard},
    AnswerName{"text", Kind::Text},     AnswerName{"greet", Kind::Greet}, AnswerName{"clock", Kind::Clock},
    AnswerName{"unruly", Kind::Unruly}, AnswerName{"file", Kind::File},
};

Result<void> setArgument(AnswerOptions &answer, const QString &name, const QString &argument)
{
    switch (answer.kind) {
    case Kind::Text:
    case Kind::Greet:
        if (argument.isEmpty()) {
            return usage(QStringLiteral("answer %1 needs its text: %1:TEXT").arg(name));
        }
        answer.text = argument.toUtf8();
        return {};
    case Kind::File:
        if (argument.isEmpty()) {
            return usage(QStringLiteral("answer file needs a path: file:PATH"));
        }
        answer.file = argument;
        return {};
    case Kind::Clock:
        if (!argument.isEmpty()) {
            const Result<std::chrono::milliseconds> time = OptionValues::milliseconds(argument);
            if (!time) {
                return usage(
                    QStringLiteral("answer clock takes milliseconds from 1 to 86400000, not \"%1\"").arg(argument));
            }
            answer.interval = *time;
        }
        return {};
    case Kind::Unruly:
        if (!argument.isEmpty()) {
            bool isNumber = false;
            answer.seed = argument.toUInt(&isNumber);
            if (!isNumber) {
                return usage(QStringLiteral("answer unruly takes a number as its seed, not \"%1\"").arg(argument));
            }
        }
        return {};
    case Kind::None:
    case Kind::Echo:
    case Kind::Discard:
        break;
    }
    if (!argument.isEmpty()) {
        return usage(QStringLiteral("answer %1 takes no argument").arg(name));
    }
    return {};
}

} // namespace

Result<AnswerOptions> AnswerValues::answer(const QString &text)
{
    const QString name = text.section(u':', 0, 0);
    const auto *const entry = std::find_if(AnswerNames.begin(), AnswerNames.end(), [&name](const AnswerName &known) {
        return name == QLatin1String(known.name);
    });
    if (entry == AnswerNames.end()) {
        return usage(
            QStringLiteral("unknown answer \"%1\"; there are none, echo, discard, text:TEXT, greet:TEXT, clock[:MS], "
                           "unruly[:SEED], file:PATH")
                .arg(text));
    }
    AnswerOptions answer;
    answer.kind = entry->kind;
    if (const Result<void> set = setArgument(answer, name, text.section(u':', 1)); !set) {
        return set.error();
    }
    return answer;
}

QString AnswerValues::fromAnswer(const AnswerOptions &answer)
{
    const QString name =
        QLatin1String(std::find_if(AnswerNames.begin(), AnswerNames.end(), [&answer](const auto &known) {
                          return known.kind == answer.kind;
                      })->name);
    switch (answer.kind) {
    case Kind::Text:
    case Kind::Greet:
        return name + u':' + QString::fromUtf8(answer.text);
    case Kind::File:
        return name + u':' + answer.file;
    case Kind::Clock:
        return name + u':' + QString::number(answer.interval.count());
    case Kind::Unruly:
        return name + u':' + QString::number(answer.seed);
    case Kind::None:
    case Kind::Echo:
    case Kind::Discard:
        break;
    }
    return name;
}

} // namespace Sidewire
