// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace Sidewire {

/// Where a lens puts content that does not stand on the wire as it is: inflated messages.
///
/// Contents of several connections grow at the same time, a piece at a time; each piece names the one before it. The
/// number of the last piece is what the message keeps (Message::contentOffset).
class ContentStore
{
public:
    static constexpr quint32 None = 0xffffffff;

    ContentStore() = default;
    virtual ~ContentStore() = default;
    Q_DISABLE_COPY_MOVE(ContentStore)

    /// Keeps a piece behind `previous` (None: the first one); its number, or None when nothing can be kept any more (a
    /// full disk), which whoever owns the store reports.
    virtual quint32 append(QByteArrayView piece, quint32 previous) = 0;
};

} // namespace Sidewire
