// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"
#include "ui/dialogs/optionlayout.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace Sidewire {

class OptionRow;

/// What a session is asked beyond its target: a short form first, every option on demand, only what applies to the scheme
/// and role. What is set and does not apply is shown too, with the sentence that says so.
///
/// What cannot be is said at its field, and the dialog stays.
class OptionsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OptionsDialog)

public:
    enum class For : quint8 {
        NextSession, ///< That will be opened
        RunningSession, ///< Its next connection; another button connects again at once
    };

    /// The options are those of `spec`.
    OptionsDialog(const SessionSpec &spec, For purpose, QWidget *parent = nullptr);

    /// As entered; valid once the dialog was accepted.
    const SessionOptions &options() const { return m_options; }
    bool wantsReconnect() const { return m_wantsReconnect; }

    void accept() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Section
    {
        QLabel *title = nullptr;
        std::vector<OptionRow *> rows;
    };

    QWidget *buildForm(const SessionSpec &spec);
    void addSection(const QString &title, const std::vector<OptionPlace> &places, QGridLayout &grid, QWidget *form);
    QWidget *buildButtons(For purpose);
    void resetAll();
    void updateColors();
    void updateRows();
    void updateSummary();
    bool isWanted(const OptionRow &row) const;
    bool store(SessionOptions &options);
    void showRow(OptionRow &row);

    SessionSpec m_spec;
    SessionOptions m_options;
    std::vector<Section> m_sections;
    bool m_wantsReconnect = false;
    QLineEdit *m_search;
    QCheckBox *m_all;
    QScrollArea *m_area;
    QLabel *m_nothing;
    QLabel *m_summary;
    QLabel *m_problem;
    QPushButton *m_resetAll = nullptr;
};

} // namespace Sidewire
