// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A filter in the first line, and behind it the content of the messages that it is matched with.

#include "core/filter/filterexpression.h"
#include "core/protocol/websocket/violation.h"
#include "tests/fuzz/check.h"

using namespace Sidewire;
using Fuzz::check;

namespace {

class Subject final : public FilterSubject
{
public:
    Subject(const Message &message, QByteArrayView content, bool mayRead)
        : m_message(message)
        , m_content(content)
        , m_mayRead(mayRead)
    {}

    const Message &message() const override { return m_message; }
    std::optional<qint64> number() const override { return m_message.firstRecord; }
    QByteArrayView content() const override
    {
        check(m_mayRead, "a filter that needs no content asks for none");
        return m_content;
    }
    std::optional<quint16> closeCode() const override
    {
        return m_message.kind == MessageKind::Close ? std::optional<quint16>(1000) : std::nullopt;
    }

private:
    const Message &m_message;
    QByteArrayView m_content;
    bool m_mayRead;
};

std::vector<Message> messages(qint64 contentLength)
{
    std::vector<Message> list(4);
    list[1].kind = MessageKind::Text;
    list[1].direction = Direction::Out;
    list[1].violations = bit(Violation::InvalidUtf8);
    list[1].time = 1'795'334'400'000'000'001;
    list[2].kind = MessageKind::Close;
    list[2].connection = ConnectionId{5};
    list[2].firstRecord = 10;
    list[3].kind = MessageKind::Frame;
    list[3].time = -1;
    list[3].set(MessageFlag::Unterminated);
    for (Message &message : list) {
        message.contentLength = contentLength;
    }
    return list;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const qsizetype lineEnd = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(lineEnd < 0 ? bytes : bytes.first(lineEnd));
    const QByteArrayView content = lineEnd < 0 ? QByteArrayView() : bytes.sliced(lineEnd + 1);

    const FilterExpression::Parsed parsed = FilterExpression::parse(text, 3600);
    if (const auto *error = std::get_if<FilterError>(&parsed)) {
        check(error->position >= 0 && error->position <= text.size(), "an error has its place in the text");
        check(!error->detail.isEmpty(), "and is said");
        return 0;
    }
    const FilterExpression filter = std::get<FilterExpression>(parsed);
    const FilterExpression::Parsed opposite = FilterExpression::parse(QStringLiteral("not (%1)").arg(text), 3600);
    for (const Message &message : messages(content.size())) {
        const Subject subject(message, content, filter.needsContent());
        const bool matches = filter.matches(subject);
        if (const auto *negated = std::get_if<FilterExpression>(&opposite)) {
            check(negated->matches(subject) != matches, "a message matches a filter or its opposite");
        }
    }
    return 0;
}
