// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "violation.h"

#include "core/base/utf8.h"

namespace Sidewire {

namespace {

constexpr ViolationText Texts[] = {
    {Violation::WrongAccept, "RFC 6455, 4.2.2", "Sec-WebSocket-Accept does not answer the client's key"},
    {Violation::MissingAccept, "RFC 6455, 4.2.2", "The response has no Sec-WebSocket-Accept"},
    {Violation::UnmaskedClient, "RFC 6455, 5.1", "A client frame was not masked"},
    {Violation::MaskedServer, "RFC 6455, 5.1", "A server frame was masked"},
    {Violation::ReservedBit, "RFC 6455, 5.2", "A reserved bit was set without an extension that gives it a meaning"},
    {Violation::ReservedOpcode, "RFC 6455, 5.2", "The opcode is reserved"},
    {Violation::FragmentedControl, "RFC 6455, 5.5", "A control frame was fragmented"},
    {Violation::ControlTooLong, "RFC 6455, 5.5", "A control frame carried more than 125 bytes"},
    {Violation::LengthNotMinimal, "RFC 6455, 5.2", "The length was coded with more bytes than it needs"},
    {Violation::LengthTopBit, "RFC 6455, 5.2", "The top bit of a 64-bit length was set"},
    {Violation::StrayContinuation, "RFC 6455, 5.4", "A continuation frame came without a message to continue"},
    {Violation::DataInsideFragmented, "RFC 6455, 5.4", "A new message began before the fragmented one had ended"},
    {Violation::InvalidUtf8, "RFC 6455, 8.1; RFC 3629", "A text message was not valid UTF-8"},
    {Violation::InvalidCloseCode, "RFC 6455, 7.4", "A Close frame carried a code that must not be sent"},
    {Violation::InvalidCloseBody, "RFC 6455, 5.5.1", "The body of a Close frame was one byte, or its reason not UTF-8"},
    {Violation::DataAfterClose, "RFC 6455, 5.5.1", "Data followed a Close frame"},
    {Violation::SubprotocolNotOffered, "RFC 6455, 4.1", "The server chose a subprotocol that was not offered"},
    {Violation::ExtensionNotOffered, "RFC 6455, 4.1", "The server chose an extension that was not offered"},
    {Violation::MalformedHead, "RFC 9112, 2.1", "The bytes are not well-formed HTTP"},
    {Violation::WrongUpgrade, "RFC 6455, 4.1 and 4.2", "An upgrade field was missing or wrong"},
    {Violation::MisplacedCompressedBit, "RFC 7692, 6", "RSV1 was set on a frame that does not begin a data message"},
    {Violation::CorruptDeflate, "RFC 7692, 7.2.2", "A compressed message could not be inflated"},
    {Violation::InflateLimit, "RFC 6455, 10.4", "A compressed message inflates to more than the limit"},
    {Violation::WindowTooLarge, "RFC 7692, 7.1.2", "A message was compressed with a larger window than agreed on"},
    {Violation::InvalidExtension, "RFC 7692, 7.1", "A parameter of permessage-deflate was unknown, repeated or wrong"},
    {Violation::ExtensionNotAsOffered, "RFC 7692, 7.1", "The parameters of permessage-deflate are not those offered"},
    {Violation::SeveralSubprotocols, "RFC 6455, 4.2.2", "The server chose more than one subprotocol"},
    {Violation::InvalidKey, "RFC 6455, 4.1", "Sec-WebSocket-Key was missing or not 16 bytes in base64"},
    {Violation::RepeatedField, "RFC 6455, 11.3", "A WebSocket field or a subprotocol stood there twice"},
    {Violation::WrongVersion, "RFC 6455, 4.1", "Sec-WebSocket-Version was not 13"},
    {Violation::WrongRequest, "RFC 6455, 4.1", "The upgrade was not a GET of HTTP/1.1 or later with one Host"},
    {Violation::SentTooEarly, "RFC 6455, 4.1", "The client sent frames before the server had answered"},
};

} // namespace

QByteArrayList explainViolations(quint32 set, QByteArrayView content)
{
    QByteArrayList sentences;
    for (const ViolationText &text : describeViolations(set)) {
        QByteArray sentence = QByteArray(text.section.data(), qsizetype(text.section.size())) + ": "
            + QByteArray(text.sentence.data(), qsizetype(text.sentence.size()));
        const qsizetype valid = text.violation == Violation::InvalidUtf8 ? validUtf8Length(content) : content.size();
        if (valid < content.size()) {
            sentence += ", from byte " + QByteArray::number(valid) + " on";
        }
        sentences += sentence;
    }
    return sentences;
}

std::vector<ViolationText> describeViolations(quint32 set)
{
    std::vector<ViolationText> found;
    for (const ViolationText &text : Texts) {
        if ((set & bit(text.violation)) != 0) {
            found.push_back(text);
        }
    }
    return found;
}

} // namespace Sidewire
