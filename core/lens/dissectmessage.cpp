// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissectmessage.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/http/dissecthead.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/dissectframes.h"
#include "core/protocol/websocket/dissecthandshake.h"

#include <algorithm>

namespace Sidewire {

namespace {

bool isHttp(const Message &message)
{
    return message.kind == MessageKind::Request || message.kind == MessageKind::Response;
}

bool hasBrokenPart(const Field &field)
{
    return field.isBroken || std::ranges::any_of(field.children, hasBrokenPart);
}

class MessageWalk
{
public:
    explicit MessageWalk(const MessageSource &source)
        : m_source(source)
        , m_message(source.message)
    {}

    Field field() &&
    {
        const QString kind = FieldParts::fromName(toString(m_message.kind));
        m_root.name = kind.left(1).toUpper() + kind.mid(1);
        m_root.value = QStringLiteral("%1, %2 B")
                           .arg(m_message.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"))
                           .arg(m_message.end - m_message.begin);
        m_root.bits = BitSpan::ofBytes(m_message.begin, m_message.end);
        addStates();
        if (m_message.has(MessageFlag::WebSocket)) {
            addFrames();
        } else if (isHttp(m_message)) {
            addHead();
        } else {
            addFraming();
        }
        addBrokenRules();
        return std::move(m_root);
    }

private:
    Field &add(const QString &name, const QString &value, qint64 begin, qint64 end)
    {
        m_root.children.push_back({name, value, {}, false, BitSpan::ofBytes(begin, end), {}});
        return m_root.children.back();
    }

    Field &add(const char *name, const char *value)
    {
        m_root.children.push_back({QString::fromLatin1(name), QString::fromLatin1(value), {}, false, {}, {}});
        return m_root.children.back();
    }

    void addStates()
    {
        if (m_message.has(MessageFlag::Unterminated)) {
            add("Ending", "it ended before the message was complete");
        }
        if (m_message.has(MessageFlag::Gap)) {
            add("Gap", "bytes are missing inside");
        }
        if (m_message.has(MessageFlag::Misfit)) {
            add("Lens", "does not fit from here on; each read is a message");
        }
    }

    void addFrames()
    {
        DissectedFrames frames = dissectFrames({m_message.span(), m_source.wire, m_source.sender,
                                                m_message.has(MessageFlag::Compressed), m_message.violations});
        m_root.children.insert(m_root.children.end(), std::make_move_iterator(frames.fields.begin()),
                               std::make_move_iterator(frames.fields.end()));
        m_shown |= frames.shown;
    }

    void addHead()
    {
        const QByteArrayView bytes = m_source.wire.first(std::min<qsizetype>(m_source.wire.size(), MaxHttpHead));
        Field head = dissectHead(bytes, m_message.begin);
        m_shown |= hasBrokenPart(head) ? bit(Violation::MalformedHead) : 0;
        m_shown |= dissectUpgrade(head, bytes, m_source.request, m_message.violations);
        const qint64 end = head.bits.endByte();
        m_root.children.push_back(std::move(head));
        if (end < m_message.end) {
            add(QStringLiteral("Body"), sizeOf(end, m_message.end), end, m_message.end);
        }
    }

    static QString sizeOf(qint64 begin, qint64 end) { return QStringLiteral("%1 B").arg(end - begin); }

    /// What the lens found around the content: a length before it, a delimiter behind it.
    void addFraming()
    {
        const qint64 begin = std::min(m_message.begin + m_message.contentOffset, m_message.end);
        const qint64 end = std::min(begin + m_message.contentLength, m_message.end);
        addBytes(QStringLiteral("Header"), m_message.begin, begin);
        Field &content = add(QStringLiteral("Content"), sizeOf(begin, end), begin, end);
        if (const QByteArrayView bytes = bytesOf(begin, end); !bytes.isEmpty()) {
            content.value += QStringLiteral(": ") + FieldParts::firstBytes(bytes);
        }
        addBytes(m_message.kind == MessageKind::Line ? QStringLiteral("Line end") : QStringLiteral("Trailer"), end,
                 m_message.end);
    }

    void addBytes(const QString &name, qint64 begin, qint64 end)
    {
        if (begin < end) {
            add(name, FieldParts::hex(bytesOf(begin, end), FieldParts::MaxHexBytes), begin, end);
        }
    }

    QByteArrayView bytesOf(qint64 begin, qint64 end) const
    {
        const qint64 size = m_source.wire.size();
        const qint64 from = std::min(begin - m_message.begin, size);
        return m_source.wire.sliced(from, std::min(end - m_message.begin, size) - from);
    }

    /// Those that stand on no field.
    void addBrokenRules()
    {
        for (const ViolationText &rule : describeViolations(m_message.violations & ~m_shown)) {
            Field &field = add("Broken rule", "");
            field.value = FieldParts::fromName(rule.sentence);
            field.remark = FieldParts::fromName(rule.section);
            field.isBroken = true;
        }
    }

    const MessageSource &m_source;
    const Message &m_message;
    Field m_root;
    quint32 m_shown = 0;
};

void addFieldsAt(const Field &field, const BitSpan &byte, std::vector<const Field *> &found)
{
    if (!field.bits.overlaps(byte)) {
        return;
    }
    const std::size_t before = found.size();
    for (const Field &child : field.children) {
        addFieldsAt(child, byte, found);
    }
    if (found.size() == before) {
        found.push_back(&field);
    }
}

} // namespace

Field dissectMessage(const MessageSource &source)
{
    return MessageWalk(source).field();
}

std::vector<const Field *> fieldsAt(const Field &root, qint64 offset)
{
    std::vector<const Field *> found;
    addFieldsAt(root, BitSpan::ofBytes(offset, offset + 1), found);
    return found;
}

} // namespace Sidewire
