// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "violation.h"

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
};

} // namespace

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
