// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissecthead.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/http/httphead.h"

#include <algorithm>

namespace Sidewire {

namespace {

class HeadWalk
{
public:
    HeadWalk(QByteArrayView bytes, qint64 offset)
        : m_bytes(bytes)
        , m_offset(offset)
        , m_head(parseHttpHead(bytes))
        , m_end(findHeadEnd(bytes).value_or(bytes.size()))
    {}

    Field field(qsizetype maxLines)
    {
        m_root.name = m_head.isRequest ? QStringLiteral("Request head") : QStringLiteral("Response head");
        m_root.value = QStringLiteral("%1 B").arg(m_end);
        if (!findHeadEnd(m_bytes)) {
            FieldParts::remark(m_root, QStringLiteral("its end is missing"));
        }
        m_root.bits = bitsOf(0, m_end);
        qint64 at = addStartLine();
        while (at < m_end && static_cast<qsizetype>(m_root.children.size()) <= maxLines) {
            at = addLine(at);
        }
        if (at < m_end) {
            add(m_root, QStringLiteral("More lines"), QStringLiteral("%1 B, not listed").arg(m_end - at), at, m_end);
        }
        return m_root;
    }

private:
    BitSpan bitsOf(qint64 begin, qint64 end) const { return BitSpan::ofBytes(m_offset + begin, m_offset + end); }

    QString text(qint64 begin, qint64 end) const
    {
        return FieldParts::text(m_bytes.sliced(begin, end - begin), FieldParts::MaxValueBytes);
    }

    Field &add(Field &parent, const QString &name, const QString &value, qint64 begin, qint64 end)
    {
        parent.children.push_back({name, value, {}, false, bitsOf(begin, end), {}});
        return parent.children.back();
    }

    /// Where the line that begins at `at` ends, and the next one begins.
    struct LineEnd
    {
        qint64 end = 0;
        qint64 next = 0;
    };
    LineEnd lineEnd(qint64 at) const
    {
        const qsizetype feed = m_bytes.first(m_end).indexOf('\n', at);
        if (feed < 0) {
            return {m_end, m_end};
        }
        return {feed > at && m_bytes[feed - 1] == '\r' ? feed - 1 : feed, feed + 1};
    }

    qint64 addStartLine()
    {
        const auto [end, next] = lineEnd(0);
        Field &line = add(m_root, m_head.isRequest ? QStringLiteral("Request line") : QStringLiteral("Status line"),
                          text(0, end), 0, end);
        // Two words and the rest, as parseHttpHead() takes them.
        const char *const requestNames[] = {"Method", "Target", "Version"};
        const char *const responseNames[] = {"Version", "Status", "Reason"};
        const auto &names = m_head.isRequest ? requestNames : responseNames;
        qint64 at = 0;
        for (int part = 0; part < 3 && at < end; ++part) {
            const qsizetype space = m_bytes.first(end).indexOf(' ', at);
            const qint64 stop = part == 2 || space < 0 ? end : space;
            if (stop > at) {
                add(line, QString::fromLatin1(names[part]), text(at, stop), at, stop);
            }
            at = stop;
            while (at < end && m_bytes[at] == ' ') {
                ++at;
            }
        }
        const bool isRight =
            m_head.isRequest ? m_head.version.startsWith("HTTP/") && !m_head.target.isEmpty() : m_head.status >= 100;
        if (!isRight && end < m_bytes.size()) {
            FieldParts::breakRule(line, Violation::MalformedHead);
        }
        return next;
    }

    qint64 addLine(qint64 at)
    {
        const auto [end, next] = lineEnd(at);
        if (end == at) {
            add(m_root, QStringLiteral("End of the head"), QStringLiteral("an empty line"), at, next);
            return m_end;
        }
        while (m_field < m_head.fields.size() && m_head.fields[m_field].end <= at) {
            ++m_field;
        }
        if (m_field < m_head.fields.size() && m_head.fields[m_field].begin == at) {
            const HttpField &field = m_head.fields[m_field];
            add(m_root, FieldParts::text(field.name, FieldParts::MaxValueBytes),
                FieldParts::text(field.value, FieldParts::MaxValueBytes), field.begin, field.end);
            return std::max(next, lineEnd(field.end).next);
        }
        Field &line = add(m_root, QStringLiteral("No header field"), text(at, end), at, end);
        FieldParts::breakRule(line, Violation::MalformedHead);
        return next;
    }

    QByteArrayView m_bytes;
    qint64 m_offset;
    HttpHead m_head;
    qint64 m_end;
    std::size_t m_field = 0; ///< Of the head's: the one that comes next
    Field m_root;
};

} // namespace

Field dissectHead(QByteArrayView bytes, qint64 offset, qsizetype maxLines)
{
    return HeadWalk(bytes, offset).field(maxLines);
}

} // namespace Sidewire
