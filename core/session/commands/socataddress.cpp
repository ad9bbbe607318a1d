// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "socataddress.h"

namespace Sidewire {

namespace {

Error usage(const QString &sentence)
{
    return {Error::Code::Usage, sentence};
}

/// Pieces between `separators`, each with the separator in front of it.
struct Piece
{
    QChar separator;
    QString text;
};

Result<std::vector<Piece>> split(const QString &text)
{
    std::vector<Piece> pieces{Piece{}};
    int depth = 0;
    QChar quote;
    bool isInOptions = false; // a colon in a value is no separator
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (c == u'\\' && at + 1 < text.size()) {
            pieces.back().text += text.at(++at);
        } else if (!quote.isNull()) {
            if (c == quote) {
                quote = QChar();
            } else {
                pieces.back().text += c;
            }
        } else if (c == u'"' || c == u'\'') {
            quote = c;
        } else if (depth == 0 && (c == u',' || (c == u':' && !isInOptions))) {
            isInOptions = c == u',';
            pieces.push_back({c, {}});
        } else {
            depth += c == u'[' ? 1 : c == u']' ? -1 : 0;
            pieces.back().text += c;
        }
    }
    if (!quote.isNull() || depth != 0) {
        return usage(QStringLiteral("a quote or a bracket is not closed in \"%1\"").arg(text));
    }
    return pieces;
}

} // namespace

Result<SocatAddress> SocatAddress::parse(const QString &text)
{
    if (text.contains(QLatin1String("!!"))) {
        return usage(QStringLiteral("an address for each direction (!!) cannot be opened: \"%1\"").arg(text));
    }
    const Result<std::vector<Piece>> pieces = split(text);
    if (!pieces) {
        return pieces.error();
    }
    SocatAddress address;
    address.text = text;
    address.type = pieces->front().text.toUpper();
    if (address.type == u"-") {
        address.type = QStringLiteral("STDIO");
    }
    for (std::size_t index = 1; index < pieces->size(); ++index) {
        const Piece &piece = (*pieces)[index];
        if (piece.separator == u':') {
            address.parameters << piece.text;
        } else {
            const qsizetype equals = piece.text.indexOf(u'=');
            address.options.emplace_back(piece.text.left(equals).toLower(),
                                         equals < 0 ? QString() : piece.text.mid(equals + 1));
        }
    }
    return address;
}

} // namespace Sidewire
