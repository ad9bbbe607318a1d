// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "exportdialog.h"

#include "ui/models/backgroundtask.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>

#include <array>

namespace Sidewire {

namespace {

struct Format
{
    const char *name;
    const char *suffix;
    ExportFormat format;
};

constexpr std::array Formats{
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "Text: one line a message"), "txt", ExportFormat::Text},
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "Hex dump: every record"), "hex", ExportFormat::HexDump},
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "CSV"), "csv", ExportFormat::Csv},
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "JSON Lines"), "jsonl", ExportFormat::JsonLines},
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "HAR: as browsers write WebSocket"), "har", ExportFormat::Har},
    Format{QT_TRANSLATE_NOOP("Sidewire::ExportDialog", "Raw: the bytes of one direction"), "bin", ExportFormat::Raw},
};

Result<void> write(const SessionLog &log, const ExportOptions &options, const QString &path,
                   const std::function<bool(double)> &progress)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{Error::Code::Io, file.errorString()};
    }
    if (const Result<void> done = exportLog(log, options, file, progress); !done) {
        return done;
    }
    if (!file.commit()) {
        return Error{Error::Code::Io, file.errorString()};
    }
    return {};
}

} // namespace

ExportDialog::ExportDialog(std::shared_ptr<SessionLog> log, const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_log(std::move(log))
    , m_folder(folder)
    , m_isCancelled(std::make_shared<std::atomic<bool>>(false))
    , m_format(new QComboBox(this))
    , m_direction(new QComboBox(this))
    , m_onlyFiltered(new QCheckBox(tr("Only messages that match the &filter"), this))
    , m_progress(new QProgressBar(this))
    , m_problem(new QLabel(this))
    , m_export(new QPushButton(tr("Export…"), this))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    buildForm();
}

ExportDialog::~ExportDialog()
{
    m_isCancelled->store(true);
}

void ExportDialog::buildForm()
{
    m_format->setObjectName(QStringLiteral("exportFormat"));
    for (const Format &format : Formats) {
        m_format->addItem(tr(format.name));
    }
    m_direction->setObjectName(QStringLiteral("exportDirection"));
    m_direction->addItems({tr("both directions"), tr("in: what was received"), tr("out: what was sent")});
    m_onlyFiltered->setObjectName(QStringLiteral("exportOnlyFiltered"));
    m_onlyFiltered->hide();
    m_progress->setObjectName(QStringLiteral("exportProgress"));
    m_progress->hide();
    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_export->setObjectName(QStringLiteral("exportButton"));
    m_export->setDefault(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::onFormat);
    auto *form = new QFormLayout(this);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Direction"), m_direction);
    form->addRow(m_onlyFiltered);
    form->addRow(m_progress);
    form->addRow(m_problem);
    form->addRow(buttons);
}

void ExportDialog::onFormat()
{
    // One direction makes one file of bytes.
    const ExportFormat format = options().format;
    if (format == ExportFormat::Raw && m_direction->currentIndex() == 0) {
        m_direction->setCurrentIndex(1);
    }
    m_onlyFiltered->setEnabled(format != ExportFormat::Raw && format != ExportFormat::HexDump);
}

void ExportDialog::setFilter(const FilterExpression &filter, const QString &text)
{
    m_filter = filter;
    m_onlyFiltered->setToolTip(QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
    m_onlyFiltered->setChecked(true);
    m_onlyFiltered->show();
}

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    options.format = Formats.at(static_cast<std::size_t>(m_format->currentIndex())).format;
    if (m_direction->currentIndex() > 0) {
        options.direction = m_direction->currentIndex() == 1 ? Direction::In : Direction::Out;
    }
    if (m_onlyFiltered->isEnabled() && m_onlyFiltered->isChecked()) {
        options.filter = m_filter; // Empty unless it was offered
    }
    return options;
}

void ExportDialog::chooseFile()
{
    const char *suffix = Formats.at(static_cast<std::size_t>(m_format->currentIndex())).suffix;
    auto *dialog = new QFileDialog(this, tr("Export to"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QString::fromLatin1(suffix));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::start);
    dialog->open();
}

void ExportDialog::start(const QString &path)
{
    m_problem->hide();
    m_progress->setValue(0);
    m_progress->show();
    m_export->setEnabled(false);
    const auto report = [app = QCoreApplication::instance(), guard = QPointer<ExportDialog>(this),
                         isCancelled = m_isCancelled, last = -1](double done) mutable {
        const int percent = static_cast<int>(done * 100);
        if (percent != last) {
            last = percent;
            QMetaObject::invokeMethod(
                app,
                [guard, percent] {
                    if (guard) {
                        guard->onProgress(percent);
                    }
                },
                Qt::QueuedConnection);
        }
        return !isCancelled->load();
    };
    runInBackground(
        this, [log = m_log, wanted = options(), path, report] { return write(*log, wanted, path, report); },
        [this, path](const Result<void> &result) { onDone(result, path); });
}

void ExportDialog::onProgress(int percent)
{
    m_progress->setValue(percent);
}

void ExportDialog::onDone(const Result<void> &result, const QString &path)
{
    m_progress->hide();
    m_export->setEnabled(true);
    if (result) {
        Q_EMIT exported(path);
        accept();
        return;
    }
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, Theme::color(Theme::Tone::Error));
    m_problem->setPalette(palette);
    m_problem->setText(result.error().detail);
    m_problem->show();
}

} // namespace Sidewire
