// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "toolarguments.h"

#include <algorithm>

namespace Sidewire {

namespace {

QStringList split(const char *names)
{
    return QString::fromLatin1(names).split(u' ');
}

class Walk
{
public:
    Walk(const QStringList &words, const std::vector<ToolOption> &options)
        : m_words(words)
        , m_options(options)
    {}

    Result<void> run(const ToolOption::Apply &onWord)
    {
        bool hasEnded = false; // by "--"
        for (m_at = 0; m_at < m_words.size(); ++m_at) {
            const QString &word = m_words.at(m_at);
            if (hasEnded || word == u"-" || !word.startsWith(u'-')) {
                if (const Result<void> taken = onWord(word); !taken) {
                    return taken;
                }
                continue;
            }
            if (word == u"--") {
                hasEnded = true;
                continue;
            }
            if (const Result<void> taken = word.startsWith(QLatin1String("--")) ? takeLong(word) : takeShort(word);
                !taken) {
                return taken;
            }
        }
        return {};
    }

private:
    const ToolOption *find(const QString &name) const
    {
        const auto found = std::find_if(m_options.begin(), m_options.end(),
                                        [&name](const ToolOption &option) { return option.names.contains(name); });
        return found == m_options.end() ? nullptr : &*found;
    }

    static Error unknown(const QString &name)
    {
        return {Error::Code::Usage, QStringLiteral("the option %1 is not known").arg(name)};
    }

    static Result<void> apply(const ToolOption &option, const QString &value)
    {
        return option.apply ? option.apply(value) : Result<void>();
    }

    Result<void> applyNext(const ToolOption &option, const QString &name)
    {
        if (m_at + 1 >= m_words.size()) {
            return Error{Error::Code::Usage, QStringLiteral("%1 needs a value").arg(name)};
        }
        return apply(option, m_words.at(++m_at));
    }

    Result<void> takeLong(const QString &word)
    {
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.left(equals);
        const ToolOption *const option = find(name);
        if (!option) {
            return unknown(name);
        }
        if (equals < 0) {
            return option->takesValue ? applyNext(*option, name) : apply(*option, {});
        }
        if (!option->takesValue) {
            return Error{Error::Code::Usage, QStringLiteral("%1 takes no value").arg(name)};
        }
        return apply(*option, word.mid(equals + 1));
    }

    /// A cluster; the first option that takes a value takes what is left of it.
    Result<void> takeShort(const QString &word)
    {
        for (qsizetype at = 1; at < word.size(); ++at) {
            const QString name = u'-' + word.mid(at, 1);
            const ToolOption *const option = find(name);
            if (!option) {
                return unknown(word.size() == 2 ? word : QStringLiteral("%1 in %2").arg(name, word));
            }
            if (option->takesValue) {
                QString rest = word.mid(at + 1);
                if (rest.startsWith(u'=')) { // as clap takes it
                    rest.remove(0, 1);
                }
                return rest.isEmpty() ? applyNext(*option, name) : apply(*option, rest);
            }
            if (const Result<void> taken = apply(*option, {}); !taken) {
                return taken;
            }
        }
        return {};
    }

    const QStringList &m_words;
    const std::vector<ToolOption> &m_options;
    qsizetype m_at = 0;
};

} // namespace

ToolOption ToolOptions::value(const char *names, ToolOption::Apply apply)
{
    return {split(names), true, std::move(apply)};
}

ToolOption ToolOptions::flag(const char *names, std::function<Result<void>()> apply)
{
    return {split(names), false, [apply = std::move(apply)](const QString &) {
                return apply();
            }};
}

ToolOption ToolOptions::ignored(const char *names)
{
    return {split(names), false, {}};
}

ToolOption ToolOptions::ignoredValue(const char *names)
{
    return {split(names), true, {}};
}

ToolOption ToolOptions::noted(const char *names, CommandDraft &draft, const char *sentence)
{
    return flag(names, [&draft, sentence]() -> Result<void> {
        draft.note(QLatin1String(sentence));
        return {};
    });
}

ToolOption ToolOptions::notedValue(const char *names, CommandDraft &draft, const char *sentence)
{
    return value(names, [&draft, sentence](const QString &) -> Result<void> {
        draft.note(QLatin1String(sentence));
        return {};
    });
}

Result<void> readToolArguments(const QStringList &words, const std::vector<ToolOption> &options,
                               const ToolOption::Apply &onWord)
{
    return Walk(words, options).run(onWord);
}

} // namespace Sidewire
