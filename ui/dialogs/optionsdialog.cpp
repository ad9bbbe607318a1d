// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionsdialog.h"

#include "ui/dialogs/optionrow.h"
#include "ui/widgets/labeltone.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int Width = 680;
constexpr int Height = 580; // fits 1366x768 with a title bar and a panel
constexpr int LabelWidth = 22; // average characters

OptionHelp helpOf(const QString &name)
{
    static const std::vector<OptionHelp> table = SessionOptions::help();
    const auto found = std::ranges::find(table, name, &OptionHelp::name);
    if (found != table.end()) {
        return *found;
    }
    OptionHelp help;
    help.name = name;
    help.description = OptionsDialog::tr("Opens the key; it is written into no file and no log");
    return help;
}

bool applies(const OptionPlace &place, const SessionSpec &spec)
{
    const bool isPassphrase = place.name == OptionLayout::Passphrase;
    return SessionOptions::appliesTo(isPassphrase ? QStringLiteral("key") : place.name, spec.scheme, spec.role);
}

bool isSet(const OptionPlace &place, const SessionOptions &options)
{
    return !options.values(place.name).isEmpty();
}

/// Names of the table that the layout does not know stand at its end, so that nothing is out of reach.
std::vector<OptionPlace> allPlaces()
{
    std::vector<OptionPlace> places = OptionLayout::places();
    for (const OptionHelp &help : SessionOptions::help()) {
        if (std::ranges::find(places, help.name, &OptionPlace::name) == places.end()) {
            OptionPlace place;
            place.name = help.name;
            place.label = help.name;
            place.kind = help.isRepeatable ? OptionPlace::Kind::Lines : OptionPlace::Kind::Line;
            places.push_back(place);
        }
    }
    return places;
}

} // namespace

OptionsDialog::OptionsDialog(const SessionSpec &spec, For purpose, QWidget *parent)
    : QDialog(parent)
    , m_spec(spec)
    , m_options(spec.options)
    , m_search(new QLineEdit(this))
    , m_all(new QCheckBox(tr("Show &all options"), this))
    , m_area(new QScrollArea(this))
    , m_nothing(new QLabel(tr("No option has such a name"), this))
    , m_summary(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("optionsDialog"));
    //: %1 is a scheme such as "wss-listen"
    setWindowTitle(purpose == For::NextSession
                       ? tr("Options of the next %1 session").arg(toString(spec.scheme, spec.role))
                       : tr("Options of this %1 session").arg(toString(spec.scheme, spec.role)));
    m_search->setObjectName(QStringLiteral("optionSearch"));
    m_search->setPlaceholderText(tr("Find an option (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_all->setObjectName(QStringLiteral("showAllOptions"));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_problem->setObjectName(QStringLiteral("optionsProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_nothing->hide();

    auto *head = new QHBoxLayout;
    head->addWidget(m_search, 1);
    head->addWidget(m_all);
    auto *column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addWidget(m_nothing);
    m_area->setWidget(buildForm(spec));
    column->addWidget(m_area, 1);
    if (purpose == For::RunningSession) {
        auto *remark = new QLabel(tr("They count for the connections that begin from now on."), this);
        setTone(remark, Theme::Tone::Muted);
        column->addWidget(remark);
    }
    column->addWidget(m_problem);
    column->addWidget(buildButtons(purpose));

    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    connect(m_search, &QLineEdit::textChanged, this, &OptionsDialog::updateRows);
    connect(m_all, &QCheckBox::toggled, this, &OptionsDialog::updateRows);
    updateRows();
    updateSummary();
    updateColors();
    resize(Width, std::min(Height, std::max(m_area->widget()->sizeHint().height() + 190, 320)));
    for (const Section &section : m_sections) {
        if (!section.rows.empty() && isWanted(*section.rows.front())) {
            section.rows.front()->setFocus();
            break;
        }
    }
}

QWidget *OptionsDialog::buildForm(const SessionSpec &spec)
{
    auto *form = new QWidget(m_area);
    auto *grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(5);
    grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * LabelWidth);
    grid->setColumnStretch(1, 1);

    const std::vector<OptionPlace> places = allPlaces();
    const auto select = [&places](const auto &isWantedPlace) {
        std::vector<OptionPlace> selected;
        std::ranges::copy_if(places, std::back_inserter(selected), isWantedPlace);
        return selected;
    };
    //: %1 is a scheme such as "tcp-listen"
    addSection(tr("Set, but without a meaning for %1").arg(toString(spec.scheme, spec.role)),
               select([&](const OptionPlace &place) { return !applies(place, spec) && isSet(place, spec.options); }),
               *grid, form);
    using Group = OptionPlace::Group;
    for (const Group group :
         {Group::Listener, Group::General, Group::WebSocket, Group::Tls, Group::Udp, Group::Socket, Group::Other}) {
        addSection(OptionLayout::title(group),
                   select([&](const OptionPlace &place) { return place.group == group && applies(place, spec); }),
                   *grid, form);
    }
    grid->setRowStretch(grid->rowCount(), 1);
    return form;
}

void OptionsDialog::addSection(const QString &title, const std::vector<OptionPlace> &places, QGridLayout &grid,
                               QWidget *form)
{
    if (places.empty()) {
        return;
    }
    Section section;
    section.title = new QLabel(title, form);
    QFont font = section.title->font();
    font.setWeight(QFont::DemiBold);
    section.title->setFont(font);
    section.title->setContentsMargins(0, m_sections.empty() ? 0 : 8, 0, 0);
    grid.addWidget(section.title, grid.rowCount(), 0, 1, 3);
    for (const OptionPlace &place : places) {
        auto *row = new OptionRow(place, helpOf(place.name), grid, form);
        row->load(m_options);
        if (const Result<void> fits = SessionOptions::check(place.name, m_spec.scheme, m_spec.role);
            !fits && place.name != OptionLayout::Passphrase) {
            row->showProblem(fits.error().detail);
        }
        connect(row, &OptionRow::changed, this, &OptionsDialog::updateSummary);
        section.rows.push_back(row);
    }
    m_sections.push_back(std::move(section));
}

QWidget *OptionsDialog::buildButtons(For purpose)
{
    auto *box = new QWidget(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, box);
    m_resetAll = new QPushButton(tr("&Reset all"), box);
    m_resetAll->setObjectName(QStringLiteral("resetAllButton"));
    m_resetAll->setAutoDefault(false);
    QPushButton *take =
        buttons->addButton(purpose == For::NextSession ? tr("&OK") : tr("App&ly"), QDialogButtonBox::AcceptRole);
    take->setDefault(true);
    if (purpose == For::RunningSession) {
        QPushButton *again = buttons->addButton(tr("Apply and &connect again"), QDialogButtonBox::ActionRole);
        again->setObjectName(QStringLiteral("applyAndReconnectButton"));
        again->setAutoDefault(false);
        connect(again, &QPushButton::clicked, this, [this] {
            m_wantsReconnect = true;
            accept();
            m_wantsReconnect = result() == Accepted;
        });
    }
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_resetAll);
    row->addWidget(m_summary, 1);
    row->addWidget(buttons);
    connect(m_resetAll, &QPushButton::clicked, this, &OptionsDialog::resetAll);
    connect(buttons, &QDialogButtonBox::accepted, this, &OptionsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &OptionsDialog::reject);
    return box;
}

bool OptionsDialog::isWanted(const OptionRow &row) const
{
    if (const QString text = m_search->text().trimmed(); !text.isEmpty()) {
        return row.matches(text);
    }
    const OptionPlace &place = row.place();
    // On tcp and ws, TLS only comes when it is started or redirected to.
    const bool isCommon = place.isCommon && (place.group != OptionPlace::Group::Tls || m_spec.isTls());
    return m_all->isChecked() || isCommon || row.isChanged();
}

void OptionsDialog::updateRows()
{
    bool isAny = false;
    for (const Section &section : m_sections) {
        bool isAnyHere = false;
        for (OptionRow *row : section.rows) {
            const bool wanted = isWanted(*row);
            row->setVisible(wanted);
            isAnyHere = isAnyHere || wanted;
        }
        section.title->setVisible(isAnyHere);
        isAny = isAny || isAnyHere;
    }
    m_nothing->setVisible(!isAny);
}

void OptionsDialog::updateSummary()
{
    int changed = 0;
    for (const Section &section : m_sections) {
        changed += static_cast<int>(std::ranges::count_if(section.rows, &OptionRow::isChanged));
    }
    m_summary->setText(changed == 0       ? tr("all as by default")
                           : changed == 1 ? tr("1 changed")
                                          : tr("%n changed", nullptr, changed));
    if (m_resetAll) {
        m_resetAll->setEnabled(changed > 0);
    }
}

void OptionsDialog::updateColors()
{
    for (const Section &section : m_sections) {
        setTone(section.title, Theme::Tone::In);
    }
    setTone(m_summary, Theme::Tone::Muted);
}

void OptionsDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateColors();
    }
    QDialog::changeEvent(event);
}

void OptionsDialog::resetAll()
{
    for (const Section &section : m_sections) {
        for (OptionRow *row : section.rows) {
            row->reset();
        }
    }
    m_problem->hide();
}

bool OptionsDialog::store(SessionOptions &options)
{
    OptionRow *first = nullptr;
    for (const Section &section : m_sections) {
        for (OptionRow *row : section.rows) {
            if (!row->store(options) && !first) {
                first = row;
            }
        }
    }
    if (first) {
        showRow(*first);
        return false;
    }
    // One that does not apply has its own sentence; what is left is that two do not fit together.
    for (const Section &section : m_sections) {
        for (OptionRow *row : section.rows) {
            const Result<void> fits = row->isChanged() && !applies(row->place(), m_spec)
                ? SessionOptions::check(row->place().name, m_spec.scheme, m_spec.role)
                : Result<void>();
            if (!fits) {
                row->showProblem(fits.error().detail);
                showRow(*row);
                return false;
            }
        }
    }
    const Result<void> fits = options.checkFor(m_spec.scheme, m_spec.role);
    m_problem->setText(fits ? QString() : fits.error().detail);
    setTone(m_problem, Theme::Tone::Error);
    m_problem->setVisible(!fits);
    return fits.has_value();
}

void OptionsDialog::showRow(OptionRow &row)
{
    if (!row.isVisible()) {
        m_search->clear();
        m_all->setChecked(true);
    }
    row.setFocus();
    m_area->ensureWidgetVisible(row.fieldWidget());
}

void OptionsDialog::accept()
{
    SessionOptions options;
    if (store(options)) {
        m_options = options;
        QDialog::accept();
    }
}

} // namespace Sidewire
