// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/contentstore.h"

namespace Sidewire {

/// Hands contents on to a store until they are `limit` bytes together: a peer whose small messages inflate to large ones
/// must not fill the disk. What comes after that is not kept.
class LimitedContents final : public ContentStore
{
public:
    LimitedContents(ContentStore &store, qint64 limit)
        : m_store(store)
        , m_left(limit)
    {}

    quint32 append(QByteArrayView piece, quint32 previous) override
    {
        if (piece.size() > m_left) {
            m_left = 0; // For good, so that it does not depend on the sizes of what follows
            return None;
        }
        m_left -= piece.size();
        return m_store.append(piece, previous);
    }

private:
    ContentStore &m_store;
    qint64 m_left;
};

} // namespace Sidewire
