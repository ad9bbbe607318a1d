// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filterexpression.h"

#include <QTimer>
#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QMenu;
class QSettings;
class QToolButton;
QT_END_NAMESPACE

namespace Sidewire {

class ElidedLabel;
class FilterEdit;

/// The field that says which messages are shown, with what is wrong with it, how many there are, and the filters that
/// were used before.
///
/// A filter holds shortly after the last key, or at once with Enter. While the text is none, the last one stays.
class FilterBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterBar)

public:
    explicit FilterBar(QWidget *parent = nullptr);

    void setSettings(QSettings *settings); ///< Keeps the recent filters there
    void setUtcOffset(std::function<int()> seconds);

    /// The filter that holds, which is older than the text while that has an error.
    const FilterExpression &expression() const { return m_expression; }
    const QString &filter() const { return m_filter; } ///< Its text

    void setFilter(const QString &text); ///< As if it had been typed and Enter pressed
    void focusField();

    /// How many messages are shown of those that were looked at, and of how many there are.
    void setProgress(qint64 shown, qint64 examined, qint64 total);

Q_SIGNALS:
    void filterChanged(); ///< expression() is another one
    void leaveRequested(); ///< Back to the messages
    void rulesRequested();
    void helpRequested();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildRow();
    void onChecked();
    void apply();
    void remember();
    void openMenu();
    void fillMenu();
    void showState();

    FilterEdit *m_edit;
    QAction *m_mark; ///< In the field: a funnel, or that there is an error
    ElidedLabel *m_problem;
    QLabel *m_count;
    QToolButton *m_more;
    QMenu *m_menu;
    QTimer m_pause; ///< Between the last key and the filter
    QSettings *m_settings = nullptr;
    FilterExpression m_expression;
    QString m_filter;
};

} // namespace Sidewire
