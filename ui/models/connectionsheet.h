// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/connectioninfo.h"
#include "core/capture/sessioninfo.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QList>

namespace Sidewire {

/// "cipher" "TLS_AES_256_GCM_SHA384"; the remark explains.
struct FactRow
{
    QString name;
    QString value;
    QString remark;
    Theme::Tone tone = Theme::Tone::Text;

    friend bool operator==(const FactRow &, const FactRow &) = default;
};

struct FactGroup
{
    QString title;
    QList<FactRow> rows;

    friend bool operator==(const FactGroup &, const FactGroup &) = default;
};

/// All that a log tells of one connection, in groups of rows for reading. Pure. It holds nothing that moves with the
/// traffic, so it changes as seldom as the connection's state does. Single visible lines, for plain-text views.
class ConnectionSheet
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::ConnectionSheet)

public:
    static QList<FactGroup> groups(const ConnectionInfo &info, const SessionInfo &session, qint64 now);

    /// The same as text, for the clipboard: a line a row, a title over each group.
    static QString toText(const QList<FactGroup> &groups);

private:
    static FactGroup ends(const ConnectionInfo &info);
    static FactGroup steps(const ConnectionInfo &info);
    static FactGroup attempts(const ConnectionInfo &info);
    static FactGroup tls(const ConnectionInfo &info);
    static FactGroup certificate(const CertificateFacts &facts, std::size_t number, qint64 now);
    static FactGroup upgrade(const ConnectionInfo &info);
    static FactGroup socketOptions(const QString &title, const std::vector<SocketOption> &options);
};

} // namespace Sidewire
