// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "readahead.h"

#include "core/base/backgroundpool.h"

#include <QThreadPool>

namespace Sidewire {

struct ReadAhead::Part
{
    enum class State { Idle, Asked, Reading, Done };

    /// Reads if it is asked for and nobody else does.
    void read()
    {
        State asked = State::Asked;
        if (!state.compare_exchange_strong(asked, State::Reading)) {
            return;
        }
        count = file->read(offset, std::span(bytes).subspan(Headroom, Size));
        state = State::Done;
        state.notify_all();
    }

    std::atomic<State> state = State::Idle;
    const CaptureFile *file = nullptr; ///< Valid while asked for or reading
    qint64 offset = 0;
    std::vector<char> bytes;
    qint64 count = 0;
};

ReadAhead::ReadAhead(const CaptureFile &file)
    : m_part(std::make_shared<Part>())
{
    m_part->file = &file;
}

ReadAhead::~ReadAhead()
{
    finish();
}

void ReadAhead::begin(qint64 offset, std::vector<char> memory)
{
    finish();
    if (memory.size() < Headroom + Size) {
        memory.resize(Headroom + Size);
    }
    m_part->bytes = std::move(memory);
    m_part->offset = offset;
    m_part->state = Part::State::Asked;
    m_isAsked = true;
    backgroundPool().start([part = m_part] { part->read(); });
}

bool ReadAhead::isFor(qint64 offset) const
{
    return m_isAsked && m_part->offset == offset;
}

qint64 ReadAhead::take(std::vector<char> &bytes)
{
    m_part->read();
    finish();
    bytes = std::move(m_part->bytes);
    return m_part->count;
}

/// Nobody reads any more after this, and nobody will.
void ReadAhead::finish()
{
    Part::State asked = Part::State::Asked;
    m_part->state.compare_exchange_strong(asked, Part::State::Idle);
    m_part->state.wait(Part::State::Reading);
    m_isAsked = false;
}

} // namespace Sidewire
