// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "targetbar.h"

#include "core/payload/shellwords.h"
#include "core/session/commands/commandimport.h"
#include "ui/settings/keys.h"
#include "ui/settings/targetinput.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

constexpr qsizetype MaxValueShown = 80; // characters of an option in the tooltip

} // namespace

TargetBar::TargetBar(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_recent(settings, Settings::RecentTargets, Settings::RecentTargetLimit)
    , m_completions(new QStringListModel(m_recent.items(), this))
    , m_scheme(new QComboBox(this))
    , m_field(new QLineEdit(this))
    , m_optionsButton(new QToolButton(this))
    , m_connect(new QPushButton(this))
    , m_understood(new QLabel(this))
    , m_problemRow(new QWidget(this))
    , m_problem(new QLabel(m_problemRow))
    , m_openAsWebSocket(new QPushButton(m_problemRow))
{
    buildRow();
    connect(m_field, &QLineEdit::textChanged, this, &TargetBar::onTextChanged);
    connect(m_field, &QLineEdit::returnPressed, this, &TargetBar::onSubmit);
    connect(m_connect, &QPushButton::clicked, this, &TargetBar::onSubmit);
    connect(m_scheme, &QComboBox::currentIndexChanged, this, &TargetBar::updateVerb);
    connect(m_scheme, &QComboBox::activated, this, [this] {
        Settings::Scheme.write(m_settings, scheme());
        m_field->setFocus();
    });
    connect(m_optionsButton, &QToolButton::clicked, this, &TargetBar::optionsRequested);
    connect(m_openAsWebSocket, &QPushButton::clicked, this, [this] {
        m_field->setText(m_openAsWebSocket->property("target").toString());
        onSubmit();
    });
    readKeptOptions();
    setScheme(Settings::Scheme.read(settings));
    setOptions({});
    updateVerb();
    updateIcons();
}

void TargetBar::buildRow()
{
    m_scheme->setObjectName(QStringLiteral("schemeSelector"));
    m_scheme->setAccessibleName(tr("Scheme"));
    for (const auto &[name, id] : {std::pair(tr("TCP"), "tcp"),
                                   {tr("TLS"), "tls"},
                                   {tr("UDP"), "udp"},
                                   {tr("WS"), "ws"},
                                   {tr("WSS"), "wss"},
                                   {tr("TCP listen"), "tcp-listen"},
                                   {tr("TLS listen"), "tls-listen"},
                                   {tr("UDP listen"), "udp-listen"},
                                   {tr("WS listen"), "ws-listen"},
                                   {tr("WSS listen"), "wss-listen"}}) {
        m_scheme->addItem(name, QString::fromLatin1(id));
    }
    m_field->setObjectName(QStringLiteral("targetField"));
    m_field->setAccessibleName(tr("Target"));
    m_field->setPlaceholderText(tr("Type a target and press Enter: host:port, ws://host/path, tcp-listen://:5000"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(64 * 1024); // Commands that browsers copy are long

    auto *completer = new QCompleter(m_completions, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(12);
    m_field->setCompleter(completer);

    m_optionsButton->setObjectName(QStringLiteral("optionsButton"));
    m_optionsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_optionsButton->setAutoRaise(true);
    m_optionsButton->setIcon(Theme::icon(Theme::Icon::Options));
    m_connect->setObjectName(QStringLiteral("connectButton"));

    m_understood->setObjectName(QStringLiteral("targetUnderstood"));
    m_understood->setTextFormat(Qt::PlainText);
    m_understood->setWordWrap(true);
    m_understood->setContentsMargins(0, 3, 0, 0);
    m_understood->setForegroundRole(QPalette::PlaceholderText);
    m_understood->hide();
    m_problem->setObjectName(QStringLiteral("targetProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_openAsWebSocket->setObjectName(QStringLiteral("openAsWebSocketButton"));
    auto *problemLayout = new QHBoxLayout(m_problemRow);
    problemLayout->setContentsMargins(0, 2, 0, 0);
    problemLayout->addWidget(m_problem, 1);
    problemLayout->addWidget(m_openAsWebSocket);
    m_problemRow->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_scheme);
    row->addWidget(m_field, 1);
    row->addWidget(m_optionsButton);
    row->addWidget(m_connect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_understood);
    layout->addWidget(m_problemRow);
    setFocusProxy(m_field);
}

void TargetBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void TargetBar::setText(const QString &text)
{
    m_field->setText(text);
}

void TargetBar::setScheme(const QString &scheme)
{
    const int index = m_scheme->findData(scheme);
    if (index >= 0) {
        m_scheme->setCurrentIndex(index);
    }
}

QString TargetBar::scheme() const
{
    return m_scheme->currentData().toString();
}

void TargetBar::setOptions(const SessionOptions &options)
{
    m_options = options;
    m_isOpened = false;
    QStringList set;
    for (const OptionHelp &help : SessionOptions::help()) {
        for (const QString &value : options.values(help.name)) {
            set.append(help.isSecret ? help.name : QStringLiteral("%1 = %2").arg(help.name, value.left(MaxValueShown)));
        }
    }
    if (!options.tls.passphrase.isEmpty() && options.passphraseFile.isEmpty()) {
        set.append(QStringLiteral("passphrase"));
    }
    const auto count = static_cast<int>(set.size());
    m_optionsButton->setText(count == 0 ? tr("Options…") : count == 1 ? tr("1 option…") : tr("%n options…", "", count));
    const QString tip = count == 0 ? tr("Addresses, time limits, proxy, TLS, headers: what the next session is asked")
                                   : tr("They go with the next session:") + u'\n' + set.join(u'\n');
    m_optionsButton->setToolTip(
        QStringLiteral("<p>%1</p>").arg(tip.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"))));
    QFont font = m_optionsButton->font();
    font.setBold(count > 0);
    m_optionsButton->setFont(font);
}

SessionSpec TargetBar::spec() const
{
    const Result<SessionSpec> typed = read(m_field->text());
    // An unfinished text leaves the selector, which any host will do for.
    Result<SessionSpec> spec =
        typed ? *typed : SessionSpec::fromTarget(QStringLiteral("%1://127.0.0.1:1").arg(scheme()));
    SessionSpec complete = spec ? *std::move(spec) : SessionSpec();
    complete.options = m_options;
    return complete;
}

void TargetBar::addRecent(const QString &target)
{
    m_recent.add(target);
    updateCompletions();
}

void TargetBar::updateCompletions()
{
    QStringList texts = m_recent.items();
    if (const Result<PresetList> list = m_presets.read()) {
        for (const Preset &preset : list->presets) {
            texts.append(u'@' + preset.name);
        }
    }
    m_completions->setStringList(texts);
}

void TargetBar::setPresets(const PresetStore &store)
{
    m_presets = store;
    updateCompletions();
}

void TargetBar::submit(const QString &text)
{
    m_isOpened = true; // Options that wait for another target stay out of this one
    m_field->clear(); // A preset may have changed under the same name
    m_field->setText(text);
    onSubmit();
}

void TargetBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateIcons();
    }
    QWidget::changeEvent(event);
}

void TargetBar::onTextChanged(const QString &text)
{
    m_problemRow->hide();
    m_understood->hide();
    const bool isCommand = CommandImport::isCommand(text);
    if (isCommand && text.contains(u'\n')) {
        if (const QString line = ShellWords::onOneLine(text); line != text) {
            m_field->setText(line);
            return;
        }
    }
    if (isCommand || text.startsWith(u'@')) {
        if (const Result<SessionSpec> spec = read(text)) {
            setScheme(toString(spec->scheme, spec->role));
            setOptions(spec->options);
            m_isOpened = true;
            showUnderstood(text);
        }
        return;
    }
    setScheme(TargetInput::schemeOf(text));
    // While somebody composes options for a target, the text may change as it likes.
    if (m_isOpened || m_options == SessionOptions()) {
        setOptions(keptOptions(text));
        m_isOpened = true;
    }
}

void TargetBar::onSubmit()
{
    const QString text = m_field->text();
    if (const std::optional<QString> target = TargetInput::webSocketTarget(text)) {
        showProblem(tr("Sidewire speaks WebSocket, not HTTP itself"), *target);
        return;
    }
    Result<SessionSpec> spec = read(text);
    if (!spec) {
        showProblem(spec.error().detail);
        return;
    }
    if (const Result<void> fits = m_options.checkFor(spec->scheme, spec->role); !fits) {
        showProblem(fits.error().detail);
        return;
    }
    m_problemRow->hide();
    SessionSpec complete = *std::move(spec);
    complete.options = m_options;
    keepOptions(complete);
    addRecent(complete.target());
    Q_EMIT openRequested(complete);
}

Result<SessionSpec> TargetBar::read(const QString &text) const
{
    if (const QString trimmed = text.trimmed(); trimmed.startsWith(u'@')) {
        const Result<Preset> preset = m_presets.find(trimmed.mid(1));
        return preset ? Result<SessionSpec>(preset->spec) : preset.error();
    }
    if (CommandImport::isCommand(text)) {
        const Result<ImportedCommand> command = CommandImport::read(text);
        return command ? Result<SessionSpec>(command->spec) : command.error();
    }
    return TargetInput::parse(text, scheme());
}

Result<SessionSpec> TargetBar::typedSpec() const
{
    Result<SessionSpec> spec = read(m_field->text());
    if (!spec) {
        return spec;
    }
    SessionSpec complete = *std::move(spec);
    complete.options = m_options;
    return complete;
}

void TargetBar::showUnderstood(const QString &text)
{
    const Result<ImportedCommand> command = CommandImport::read(text);
    if (!command || text.startsWith(u'@')) {
        if (const Result<SessionSpec> preset = read(text)) {
            m_understood->setText(preset->target());
            m_understood->show();
        }
        return;
    }
    const SessionOptions &options = command->spec.options;
    const auto headers = static_cast<int>(options.headers.size());
    const auto others =
        static_cast<int>(options.toJson(SessionOptions::Secrets::Include).size()) - (headers > 0 ? 1 : 0);
    QStringList parts{QStringLiteral("%1: %2").arg(command->tool, command->spec.target().left(200))};
    if (headers > 0) {
        parts << (headers == 1 ? tr("1 header") : tr("%n headers", "", headers));
    }
    if (others > 0) {
        parts << (others == 1 ? tr("1 option") : tr("%n options", "", others));
    }
    if (const auto notes = static_cast<int>(command->notes.size()); notes > 0) {
        parts << (notes == 1 ? tr("1 note") : tr("%n notes", "", notes));
    }
    QString shown = parts.join(QStringLiteral(", "));
    for (const QString &note : command->notes.mid(0, 4)) {
        shown += QStringLiteral("\n· ") + note.left(200);
    }
    m_understood->setText(shown);
    m_understood->show();
}

void TargetBar::readKeptOptions()
{
    const QJsonObject kept = QJsonDocument::fromJson(Settings::TargetOptions.read(m_settings).toUtf8()).object();
    for (auto entry = kept.begin(); entry != kept.end(); ++entry) {
        if (const Result<SessionOptions> options = SessionOptions::fromJson(entry.value().toObject())) {
            m_kept.insert(entry.key(), *options);
        }
    }
}

void TargetBar::keepOptions(const SessionSpec &spec)
{
    m_isOpened = true;
    m_kept.insert(spec.target(), spec.options);
    QJsonObject kept;
    for (auto entry = m_kept.begin(); entry != m_kept.end();) {
        const bool isWanted = entry.value() != SessionOptions()
            && (entry.key() == spec.target() || m_recent.items().contains(entry.key()));
        if (!isWanted) {
            entry = m_kept.erase(entry);
            continue;
        }
        if (const QJsonObject options = entry.value().toJson(SessionOptions::Secrets::LeaveOut); !options.isEmpty()) {
            kept.insert(entry.key(), options);
        }
        ++entry;
    }
    Settings::TargetOptions.write(m_settings, QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)));
}

SessionOptions TargetBar::keptOptions(const QString &text) const
{
    if (m_kept.isEmpty()) {
        return {};
    }
    const Result<SessionSpec> spec = TargetInput::parse(text, scheme());
    return spec ? m_kept.value(spec->target()) : SessionOptions();
}

void TargetBar::showProblem(const QString &text, const QString &webSocketTarget)
{
    m_problem->setText(text);
    m_openAsWebSocket->setVisible(!webSocketTarget.isEmpty());
    m_openAsWebSocket->setProperty("target", webSocketTarget);
    //: %1 is a target such as ws://host/path; & would mark a key
    m_openAsWebSocket->setText(
        tr("Open %1").arg(QString(webSocketTarget.left(60)).replace(QLatin1Char('&'), QLatin1String("&&"))));
    m_problemRow->show();
    m_field->setFocus();
}

void TargetBar::updateVerb()
{
    const QString current = scheme();
    m_connect->setText(current.endsWith(QLatin1String("-listen")) ? tr("Listen")
                           : current == QLatin1String("udp")      ? tr("Open")
                                                                  : tr("Connect"));
    updateIcons();
}

void TargetBar::updateIcons()
{
    const bool isListener = scheme().endsWith(QLatin1String("-listen"));
    m_connect->setIcon(Theme::icon(isListener ? Theme::Icon::Listen : Theme::Icon::Connect));
    QPalette problem = palette();
    problem.setColor(QPalette::WindowText, Theme::color(Theme::Tone::Error));
    m_problem->setPalette(problem);
}

} // namespace Sidewire
