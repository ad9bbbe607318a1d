// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensheader.h"

#include "ui/models/lensfields.h"
#include "ui/theme/theme.h"
#include "ui/views/lenssuggester.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr int ChooserPadding = 12; // Styles make a button with a menu as narrow as its text

} // namespace

LensHeader::LensHeader(QWidget *parent)
    : QWidget(parent)
    , m_suggester(new LensSuggester(this))
    , m_chooser(new QPushButton(this))
    , m_menu(new QMenu(this))
    , m_examples(new QMenu(tr("&Examples"), this))
    , m_suggestion(new QToolButton(this))
    , m_dismiss(new QToolButton(this))
    , m_progress(new QLabel(this))
    , m_cancel(new QToolButton(this))
{
    m_chooser->setObjectName(QStringLiteral("lensChooser"));
    m_chooser->setMenu(m_menu);
    m_chooser->setFocusPolicy(Qt::TabFocus);
    m_menu->setToolTipsVisible(true);
    m_examples->setToolTipsVisible(true);
    m_progress->setObjectName(QStringLiteral("cutProgress"));
    m_progress->setTextFormat(Qt::PlainText);
    m_cancel->setObjectName(QStringLiteral("cancelCut"));
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(Theme::icon(Theme::Icon::Stop));
    m_cancel->setToolTip(tr("Stop cutting and keep the present messages"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
    buildSuggestion();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 1, 4, 1);
    row->setSpacing(4);
    auto *title = new QLabel(tr("Messages:"), this);
    title->setBuddy(m_chooser);
    row->addWidget(title);
    row->addWidget(m_chooser);
    row->addWidget(m_suggestion);
    row->addWidget(m_dismiss);
    row->addStretch();
    row->addWidget(m_progress);
    row->addWidget(m_cancel);

    connect(m_menu, &QMenu::aboutToShow, this, &LensHeader::fillMenu);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_log) {
            m_log->cancelRecut();
        }
    });
    refresh();
}

void LensHeader::buildSuggestion()
{
    m_suggestion->setObjectName(QStringLiteral("lensSuggestion"));
    m_suggestion->setAutoRaise(true);
    m_suggestion->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_suggestion->setIcon(Theme::icon(Theme::Icon::Info));
    m_suggestion->setFocusPolicy(Qt::TabFocus);
    m_dismiss->setObjectName(QStringLiteral("dismissSuggestion"));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setIcon(Theme::icon(Theme::Icon::Remove));
    m_dismiss->setToolTip(tr("Do not suggest a lens for this session"));
    m_dismiss->setAccessibleName(m_dismiss->toolTip());
    connect(m_suggestion, &QToolButton::clicked, this, [this] {
        if (const auto suggestion = m_suggester->suggestion(cutting())) {
            Q_EMIT lensRequested(suggestion->lens.toString());
        }
    });
    connect(m_dismiss, &QToolButton::clicked, m_suggester, &LensSuggester::dismiss);
    connect(m_suggester, &LensSuggester::changed, this, &LensHeader::showSuggestion);
}

void LensHeader::setLog(std::shared_ptr<SessionLog> log)
{
    m_log = std::move(log);
    m_suggester->setLog(m_log);
    refresh();
}

void LensHeader::setRecent(const QStringList &lenses)
{
    m_recent = lenses;
}

QString LensHeader::cutting() const
{
    return m_log ? QString::fromUtf8(m_log->messages()->decision().lens) : QString();
}

void LensHeader::addLens(QMenu *menu, const QString &text, const QString &lens, const QString &chosen)
{
    QAction *action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(lens == chosen);
    action->setToolTip(LensFields::describe(lens.section(u':', 0, 0)));
    connect(action, &QAction::triggered, this, [this, lens] { Q_EMIT lensRequested(lens); });
}

void LensHeader::fillMenu()
{
    m_menu->clear();
    const QString chosen = m_log ? m_log->chosenLens().toString() : QString();
    const QStringList names = LensSpec::names();
    for (const QString &name : names) {
        const bool isAuto = name == QLatin1String("auto");
        addLens(m_menu, isAuto ? tr("auto (guess)") : name, name, chosen);
        if (isAuto && chosen == name && names.contains(cutting())) {
            QAction *pin = m_menu->addAction(tr("Pin %1", "lens").arg(cutting()));
            pin->setObjectName(QStringLiteral("pinLens"));
            pin->setToolTip(tr("Keeps the guess, also when the log is opened again"));
            connect(pin, &QAction::triggered, this, [this] { Q_EMIT lensRequested(cutting()); });
        }
        if (isAuto) {
            m_menu->addSeparator();
        }
    }
    m_menu->addSeparator();
    QStringList others = m_recent;
    if (!chosen.isEmpty() && !names.contains(chosen) && !others.contains(chosen)) {
        others.prepend(chosen);
    }
    for (const QString &lens : std::as_const(others)) {
        addLens(m_menu, lens, lens, chosen);
    }
    m_examples->clear();
    m_menu->addMenu(m_examples);
    for (const LensFields::Example &example : LensFields::examples()) {
        addLens(m_examples, QStringLiteral("%1\t%2").arg(example.name, example.lens), example.lens, chosen);
    }
    QAction *picker = m_menu->addAction(tr("&With parameters…"));
    picker->setObjectName(QStringLiteral("pickLens"));
    connect(picker, &QAction::triggered, this, &LensHeader::pickerRequested);
}

void LensHeader::refresh()
{
    m_chooser->setEnabled(m_log != nullptr);
    m_suggester->refresh();
    showChoice();
    showSuggestion();
    showProgress();
}

void LensHeader::showProgress()
{
    const qint64 done = m_log ? m_log->progress().recutDone : -1;
    m_progress->setVisible(done >= 0);
    m_cancel->setVisible(done >= 0);
    if (done >= 0) {
        const qint64 records = std::max<qint64>(1, m_log->records().count());
        //: Progress of cutting the log with another lens: "cutting as lines, 34 %"
        m_progress->setText(tr("cutting as %1, %2 %").arg(m_log->chosenLens().toString()).arg(done * 100 / records));
    }
}

void LensHeader::showSuggestion()
{
    const std::optional<LensSuggestion> suggestion = m_suggester->suggestion(cutting());
    if (suggestion) {
        //: An offer to take another lens: "looks like length:u32be - try"
        m_suggestion->setText(tr("looks like %1 – try").arg(suggestion->lens.toString()));
        m_suggestion->setToolTip(QString::fromUtf8(suggestion->evidence));
    }
    m_suggestion->setVisible(suggestion.has_value());
    m_dismiss->setVisible(suggestion.has_value());
}

void LensHeader::showChoice()
{
    const std::shared_ptr<const MessageTable> table = m_log ? m_log->messages() : nullptr;
    const LensSpec chosen = table ? table->lens() : LensSpec();
    const Lens::Decision decision =
        table ? table->decision() : Lens::Decision(); // Empty while auto has not seen enough
    const QString reason = QString::fromUtf8(decision.reason);
    const bool isGuessed = chosen.name == QLatin1String("auto") && !reason.isEmpty();
    //: Name of a lens that was not chosen but guessed from the first bytes
    const QString text = isGuessed ? tr("%1 (guessed)").arg(QString::fromUtf8(decision.lens))
        : decision.lens.isEmpty() || chosen.name != QLatin1String("auto") ? chosen.toString()
                                                                          : QString::fromUtf8(decision.lens);
    const bool isMisfit = !isGuessed && !reason.isEmpty();
    const QString hint = isGuessed ? tr("Guessed: %1").arg(reason)
        : isMisfit                 ? tr("The lens %1").arg(reason)
                                   : tr("How bytes are cut into messages");
    if (text == m_chooser->text() && hint == m_chooser->toolTip()) {
        return; // Assistive tools hear of every change
    }
    m_chooser->setText(text);
    m_chooser->setIcon(isMisfit ? Theme::icon(Theme::Icon::Warning) : QIcon());
    m_chooser->setMinimumWidth(m_chooser->sizeHint().width() + ChooserPadding);
    m_chooser->setToolTip(hint);
    //: What assistive tools read for the button that chooses the lens
    m_chooser->setAccessibleName(tr("Messages: %1").arg(text));
}

} // namespace Sidewire
