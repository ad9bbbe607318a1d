// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/search/searchquery.h"
#include "ui/theme/theme.h"

#include <QBasicTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace Sidewire {

/// What is looked for, typed: the field, how it is read, where it is looked for, and what came of it.
///
/// It searches nothing itself. What is typed is asked for after a short rest, Enter asks at once. Its owner knows which
/// connections there are and fills them into the query.
class SearchBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SearchBar)

public:
    explicit SearchBar(QWidget *parent = nullptr);

    enum class Connections : quint8 { Shown, All, Selected };

    SearchQuery query() const; ///< Of all connections
    Connections connections() const;

    void setText(const QString &text, SearchQuery::Mode mode);
    void focusField(); ///< And select what is in it

    /// More than one connection to choose from; the selected one by name, empty where there is none.
    void setConnections(qint64 count, const QString &selected);
    void setContentOffered(bool isOffered); ///< Whether there are WebSocket messages

    void setStatus(const QString &text, Theme::Tone tone, const QString &hint = {});
    QString status() const;
    void setWorking(bool isWorking); ///< It can be cancelled

Q_SIGNALS:
    void queryChanged();
    void nextRequested();
    void previousRequested();
    void cancelRequested();
    void closeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const char *name, Theme::Icon icon, const QString &hint, void (SearchBar::*signal)());
    void ask();

    QLineEdit *m_text;
    QComboBox *m_mode;
    QToolButton *m_case;
    QComboBox *m_direction;
    QComboBox *m_scope;
    QComboBox *m_connections;
    QLabel *m_status;
    QToolButton *m_cancel = nullptr;
    QBasicTimer m_rest; ///< Runs while what was typed has not been asked for
    Theme::Tone m_tone = Theme::Tone::Muted;
};

} // namespace Sidewire
