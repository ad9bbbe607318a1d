// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsonframing.h"

namespace Sidewire {

namespace {

bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

} // namespace

Framing::Step JsonFraming::feed(QByteArrayView bytes)
{
    if (m_isComplete) {
        restart();
    }
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        const char byte = bytes[at];
        switch (m_state) {
        case State::Before:
            if (isBlank(byte)) {
                if (++m_blanks == MaxBlanks) {
                    restart();
                    return {Step::Outcome::Outside, at + 1};
                }
            } else if (!begin(byte)) {
                return {Step::Outcome::Misfit, 0};
            }
            break;
        case State::Scalar:
            if (isBlank(byte)) {
                m_hasEnding = true;
                m_isComplete = true;
                return {Step::Outcome::Complete, at + 1};
            }
            break;
        case State::Escape:
            m_state = State::String;
            break;
        case State::String:
            if (byte == '\\') {
                m_state = State::Escape;
            } else if (byte == '"') {
                if (m_depth == 0) {
                    m_isComplete = true;
                    return {Step::Outcome::Complete, at + 1};
                }
                m_state = State::Inside;
            }
            break;
        case State::Inside:
            if (byte == '"') {
                m_state = State::String;
            } else if (byte == '{' || byte == '[') {
                if (++m_depth > MaxDepth) {
                    m_misfit = "more than 1,000,000 brackets inside each other";
                    return {Step::Outcome::Misfit, 0};
                }
            } else if ((byte == '}' || byte == ']') && --m_depth == 0) {
                m_isComplete = true;
                return {Step::Outcome::Complete, at + 1};
            }
            break;
        }
    }
    return {Step::Outcome::More, bytes.size()};
}

bool JsonFraming::begin(char byte)
{
    if (byte == '{' || byte == '[') {
        m_state = State::Inside;
        m_depth = 1;
    } else if (byte == '"') {
        m_state = State::String;
        m_depth = 0;
    } else if ((byte >= '0' && byte <= '9') || byte == '-' || byte == 't' || byte == 'f' || byte == 'n') {
        m_state = State::Scalar;
    } else {
        m_misfit = "no JSON text begins with the byte 0x" + QByteArray(1, byte).toHex();
        return false;
    }
    return true;
}

void JsonFraming::restart()
{
    m_state = State::Before;
    m_blanks = 0;
    m_depth = 0;
    m_hasEnding = false;
    m_isComplete = false;
}

Result<QByteArray> JsonFraming::wrap(QByteArrayView content) const
{
    return content.toByteArray() + '\n';
}

} // namespace Sidewire
