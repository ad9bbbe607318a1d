// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/export/exporter.h"

#include <QDialog>

#include <atomic>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace Sidewire {

/// Writes a log in another format. Works in the background and can be cancelled; closing the dialog cancels too.
class ExportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)

public:
    ExportDialog(std::shared_ptr<SessionLog> log, const QString &folder, QWidget *parent = nullptr);
    ~ExportDialog() override;

    /// Offers to write only what a filter lets through, and takes that for wanted. Bytes are never filtered.
    void setFilter(const FilterExpression &filter, const QString &text);

    ExportOptions options() const;

    /// Writes to `path`, as the button does once a file was chosen.
    void start(const QString &path);

Q_SIGNALS:
    void exported(const QString &path);

private:
    void buildForm();
    void onFormat();
    void chooseFile();
    void onProgress(int percent);
    void onDone(const Result<void> &result, const QString &path);

    std::shared_ptr<SessionLog> m_log;
    QString m_folder;
    std::shared_ptr<std::atomic<bool>> m_isCancelled;
    QComboBox *m_format;
    QComboBox *m_direction;
    QCheckBox *m_onlyFiltered;
    FilterExpression m_filter;
    QProgressBar *m_progress;
    QLabel *m_problem;
    QPushButton *m_export;
};

} // namespace Sidewire
