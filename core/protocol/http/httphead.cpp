// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "httphead.h"

#include <QCryptographicHash>
#include <QList>

#include <algorithm>
#include <cstring>

namespace Sidewire {

namespace {

struct Line
{
    QByteArrayView text; ///< Without its ending
    qint64 begin = 0;
};

/// The line at `begin`; moves `begin` to the next one.
Line takeLine(QByteArrayView bytes, qint64 &begin)
{
    Line line{{}, begin};
    const qsizetype feed = bytes.indexOf('\n', begin);
    qsizetype end = feed < 0 ? bytes.size() : feed;
    begin = feed < 0 ? bytes.size() : feed + 1;
    if (end > line.begin && bytes[end - 1] == '\r') {
        --end;
    }
    line.text = bytes.sliced(line.begin, end - line.begin);
    return line;
}

/// The text before the first space, and what follows it.
QByteArrayView takeWord(QByteArrayView &text)
{
    const qsizetype space = text.indexOf(' ');
    const QByteArrayView word = space < 0 ? text : text.first(space);
    text = space < 0 ? QByteArrayView() : text.sliced(space + 1).trimmed();
    return word;
}

/// RFC 9112, 4: HTTP-version SP status-code SP [reason]
void parseStatusLine(QByteArrayView text, HttpHead &head)
{
    head.version = takeWord(text).toByteArray();
    const QByteArrayView status = takeWord(text);
    head.reason = text.toByteArray();
    const bool isNumber = status.size() == 3
        && std::all_of(status.begin(), status.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    head.status = isNumber ? status.toByteArray().toInt() : 0;
    head.isMalformed = head.status < 100;
}

/// RFC 9112, 3: method SP request-target SP HTTP-version
void parseRequestLine(QByteArrayView text, HttpHead &head)
{
    head.isRequest = true;
    head.method = takeWord(text).toByteArray();
    head.target = takeWord(text).toByteArray();
    head.version = text.toByteArray();
    head.isMalformed = head.method.isEmpty() || head.target.isEmpty() || !head.version.startsWith("HTTP/");
}

void parseField(const Line &line, HttpHead &head)
{
    const qint64 end = line.begin + line.text.size();
    const bool isFolded = line.text[0] == ' ' || line.text[0] == '\t';
    if (isFolded && !head.fields.empty()) { // RFC 9112, 5.2: a value that goes on in the next line
        HttpField &field = head.fields.back();
        field.value += ' ' + line.text.trimmed().toByteArray();
        field.end = end;
        return;
    }
    const qsizetype colon = line.text.indexOf(':');
    const QByteArray name = colon < 0 ? QByteArray() : line.text.first(colon).trimmed().toByteArray();
    if (isFolded || name.isEmpty()) {
        head.isMalformed = true;
        return;
    }
    head.fields.push_back({name, line.text.sliced(colon + 1).trimmed().toByteArray(), line.begin, end});
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

QByteArray HttpHead::value(QByteArrayView name) const
{
    QByteArray joined;
    for (const HttpField &field : fields) {
        if (equalsIgnoringCase(field.name, name)) {
            if (joined.isNull()) {
                joined = QByteArray("");
            } else {
                joined += ", ";
            }
            joined += field.value;
        }
    }
    return joined;
}

bool HttpHead::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> tokens = value(name).split(',');
    return std::any_of(tokens.begin(), tokens.end(),
                       [token](const QByteArray &each) { return equalsIgnoringCase(each.trimmed(), token); });
}

std::optional<qint64> findHeadEnd(QByteArrayView bytes, qint64 searched)
{
    // The line end before the empty line may have come before.
    qsizetype at = std::max<qint64>(0, searched - 2);
    while ((at = bytes.indexOf('\n', at)) >= 0) {
        ++at;
        const QByteArrayView rest = bytes.sliced(at);
        if (rest.startsWith('\n')) {
            return at + 1;
        }
        if (rest.startsWith("\r\n")) {
            return at + 2;
        }
    }
    return {};
}

HttpHead parseHttpHead(QByteArrayView bytes)
{
    HttpHead head;
    qint64 at = 0;
    const Line start = takeLine(bytes, at);
    if (start.text.startsWith("HTTP/")) {
        parseStatusLine(start.text, head);
    } else {
        parseRequestLine(start.text, head);
    }
    while (at < bytes.size()) {
        const Line line = takeLine(bytes, at);
        if (line.text.isEmpty()) {
            break;
        }
        parseField(line, head);
    }
    head.size = at;
    return head;
}

bool isHttpStartLine(QByteArrayView line)
{
    constexpr qsizetype VersionSize = 8;
    if (line.startsWith("HTTP/1.")) {
        return line.size() > VersionSize && line[VersionSize] == ' ';
    }
    const qsizetype method = line.indexOf(' ');
    const bool hasMethod = method > 0 && std::all_of(line.begin(), line.begin() + method, isTokenCharacter);
    return hasMethod && line.lastIndexOf(" HTTP/1.") > method; // Not HTTP/2, whose preface is another protocol's
}

bool isTokenCharacter(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')
        || (byte > 0 && std::strchr("!#$%&'*+-.^_`|~", byte));
}

QByteArray webSocketAccept(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key.toByteArray() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    return hash.result().toBase64();
}

} // namespace Sidewire
