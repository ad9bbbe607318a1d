// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "core/lens/suggestlens.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Sidewire {

/// Looks on a worker at how a log begins and says which lens its bytes speak for. It looks again while the beginning grows, a
/// few times in all.
class LensSuggester final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LensSuggester)

public:
    explicit LensSuggester(QObject *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void refresh(); ///< After the log has grown

    /// Unless it was dismissed, or what cuts now is it, or cuts by more than reads and lines.
    std::optional<LensSuggestion> suggestion(const QString &cutting) const;
    void dismiss();

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const SessionLog> m_log;
    std::optional<LensSuggestion> m_found;
    qint64 m_nextLook = 0; ///< Records that must be there
    bool m_isLooking = false;
    bool m_isDismissed = false;
};

} // namespace Sidewire
