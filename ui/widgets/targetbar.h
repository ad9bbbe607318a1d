// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/presets.h"
#include "core/session/sessionspec.h"
#include "ui/settings/recentlist.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;
class QToolButton;

namespace Sidewire {

/// Where a target is typed. Enter always asks for a new session; what is wrong with the text is said below it and the
/// text stays.
///
/// Options belong to the target in the field: once it was opened with them, another text begins without, and the same
/// target typed or chosen again, even after a restart, has them again (secrets only until the end of the program).
class TargetBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TargetBar)

public:
    explicit TargetBar(QSettings &settings, QWidget *parent = nullptr);

    void focusField();
    void setText(const QString &text);
    void setScheme(const QString &scheme); ///< "udp", "ws-listen" ...; others are ignored
    QString scheme() const;

    /// "@name" opens one of them, and completes.
    void setPresets(const PresetStore &store);

    /// What Enter would open: a target, a preset, or what a pasted command of another tool opens. With its options.
    Result<SessionSpec> typedSpec() const;

    /// The scheme and role that the text or the selector names, with the options; the rest may be missing.
    SessionSpec spec() const;

    const SessionOptions &options() const { return m_options; }
    void setOptions(const SessionOptions &options);

    const QStringList &recentTargets() const { return m_recent.items(); }
    void addRecent(const QString &target);

    /// As if it had been typed and Enter pressed.
    void submit(const QString &text);

Q_SIGNALS:
    void openRequested(const Sidewire::SessionSpec &spec);
    void optionsRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildRow();
    void onTextChanged(const QString &text);
    void onSubmit();
    Result<SessionSpec> read(const QString &text) const;
    void showUnderstood(const QString &text);
    void updateCompletions();
    void showProblem(const QString &text, const QString &webSocketTarget = {});
    void readKeptOptions();
    void keepOptions(const SessionSpec &spec);
    SessionOptions keptOptions(const QString &text) const;
    void updateVerb();
    void updateIcons();

    QSettings &m_settings;
    RecentList m_recent;
    SessionOptions m_options;
    bool m_isOpened = false; ///< The options were opened with: they go when the text does
    PresetStore m_presets{QString()}; ///< None until setPresets()
    QHash<QString, SessionOptions> m_kept; ///< By target, for those that have any
    QStringListModel *m_completions;
    QComboBox *m_scheme;
    QLineEdit *m_field;
    QToolButton *m_optionsButton;
    QPushButton *m_connect;
    QLabel *m_understood; ///< What a pasted command says
    QWidget *m_problemRow;
    QLabel *m_problem;
    QPushButton *m_openAsWebSocket;
};

} // namespace Sidewire
