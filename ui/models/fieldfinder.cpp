// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fieldfinder.h"

#include "core/index/messagedissector.h"
#include "core/lens/dissectmessage.h"
#include "ui/models/fieldtext.h"

namespace Sidewire {

QString FieldFinder::namesAt(const SessionLog &log, const Message &message, qint64 offset)
{
    if (m_message != message || !m_root) {
        m_message = message;
        m_root = MessageDissector(log).dissect(message, MessageReader::Wait::No);
    }
    return m_root ? FieldText::lines(fieldsAt(*m_root, offset)) : QString();
}

void FieldFinder::forget()
{
    m_message.reset();
    m_root.reset();
}

} // namespace Sidewire
