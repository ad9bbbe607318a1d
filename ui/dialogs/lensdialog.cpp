// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensdialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labeltone.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace Sidewire {

namespace {

QLabel *remark(const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setMinimumHeight(label->fontMetrics().lineSpacing() * 2);
    return label;
}

/// Which lens has which fields.
bool isFieldOf(const QString &lens, QString LensFields::*value)
{
    struct Use
    {
        const char *lens;
        QString LensFields::*value;
    };
    const Use uses[] = {
        {"delimiter", &LensFields::delimiter}, {"between", &LensFields::begin}, {"between", &LensFields::end},
        {"between", &LensFields::escape},      {"fixed", &LensFields::size},    {"idle", &LensFields::silence},
        {"length", &LensFields::fieldOffset},  {"length", &LensFields::adjust}, {"length", &LensFields::trailer},
    };
    return value == &LensFields::start || std::ranges::any_of(uses, [&](const Use &use) {
               return lens == QLatin1String(use.lens) && value == use.value;
           });
}

} // namespace

LensDialog::LensDialog(const LensSpec &present, QWidget *parent)
    : QDialog(parent)
    , m_present(present)
    , m_form(new QFormLayout(this))
    , m_lens(new QComboBox(this))
    , m_description(new QLabel(this))
    , m_notation(new QComboBox(this))
    , m_type(new QComboBox(this))
    , m_scope(new QComboBox(this))
    , m_fieldRemark(remark("lensFieldRemark", this))
    , m_spec(new QLineEdit(this))
    , m_specRemark(remark("lensSpecRemark", this))
{
    setObjectName(QStringLiteral("lensDialog"));
    setWindowTitle(tr("Cut into messages"));
    buildLens();
    buildParameters();
    buildScope();
    buildSpec();
    const bool isSplit = !present.directions.empty();
    const LensSpec &shown = isSplit ? present.directions[indexOf(Direction::In)] : present;
    m_scope->setCurrentIndex(static_cast<int>(isSplit ? Scope::In : Scope::Both));
    if (shown.name != QLatin1String("auto")) {
        m_fields.setSpec(shown);
    }
    showFields();
    onFieldEdited();
    resize(540, sizeHint().height());
}

void LensDialog::buildLens()
{
    m_lens->setObjectName(QStringLiteral("lensName"));
    for (const QString &syntax : LensSpec::syntaxes()) {
        m_lens->addItem(syntax.section(u':', 0, 0));
    }
    m_lens->insertSeparator(m_lens->count());
    for (const LensFields::Example &example : LensFields::examples()) {
        m_lens->addItem(example.name, example.lens);
    }
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    setTone(m_description, Theme::Tone::Muted);
    connect(m_lens, &QComboBox::activated, this, &LensDialog::onLensChosen);
    m_form->addRow(tr("&Lens"), m_lens);
    m_form->addRow(QString(), m_description);
}

void LensDialog::buildParameters()
{
    addNotation();
    addField("lensDelimiter", tr("&Ends with"), &LensFields::delimiter, {});
    addField("lensBegin", tr("&Begins with"), &LensFields::begin, {});
    addField("lensEnd", tr("&Ends with"), &LensFields::end, {});
    addField("lensEscape", tr("Esca&pe"), &LensFields::escape, tr("none; one byte that makes the next one content"));
    addField("lensSize", tr("&Bytes a message"), &LensFields::size, {});
    addType();
    addField("lensFieldOffset", tr("&Bytes before the length"), &LensFields::fieldOffset, QStringLiteral("0"));
    addField("lensAdjust", tr("&Added to the length"), &LensFields::adjust,
             tr("nothing: it counts what follows it; 0: it counts the whole message"));
    addField("lensTrailer", tr("Bytes after the &content"), &LensFields::trailer,
             tr("0; a check sum that the length does not count"));
    addField("lensSilence", tr("&Silence in ms"), &LensFields::silence, {});
}

void LensDialog::addNotation()
{
    m_notation->setObjectName(QStringLiteral("lensNotation"));
    m_notation->addItems({tr("Hex: 0d 0a"), tr("Text with escapes: \\r\\n")});
    connect(m_notation, &QComboBox::activated, this, [this](int index) {
        m_fields.notation = static_cast<LensFields::Notation>(index);
        onFieldEdited();
    });
    m_form->addRow(tr("&Written as"), m_notation);
}

void LensDialog::addType()
{
    m_type->setObjectName(QStringLiteral("lensType"));
    m_type->addItems(LensFields::lengthTypes());
    connect(m_type, &QComboBox::currentTextChanged, this, [this](const QString &type) {
        m_fields.type = type;
        onFieldEdited();
    });
    m_form->addRow(tr("&Type of the length"), m_type);
}

QLineEdit *LensDialog::addField(const char *name, const QString &label, QString LensFields::*value, const QString &hint)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QLatin1String(name));
    edit->setPlaceholderText(hint);
    m_edits.push_back({value, edit});
    connect(edit, &QLineEdit::textChanged, this, [this, value](const QString &text) {
        m_fields.*value = text;
        onFieldEdited();
    });
    m_form->addRow(label, edit);
    return edit;
}

void LensDialog::buildScope()
{
    m_scope->setObjectName(QStringLiteral("lensScope"));
    m_scope->addItems({tr("both directions"), tr("what comes in"), tr("what goes out")});
    m_scope->setToolTip(tr("The other direction keeps what it has"));
    connect(m_scope, &QComboBox::activated, this, &LensDialog::onFieldEdited);
    m_form->addRow(tr("&For"), m_scope);
    addField("lensStart", tr("From b&yte"), &LensFields::start, tr("0; what stands before is shown as reads"));
    m_form->addRow(QString(), m_fieldRemark);
}

void LensDialog::buildSpec()
{
    m_spec->setObjectName(QStringLiteral("lensSpec"));
    m_spec->setFont(Theme::fixedFont());
    connect(m_spec, &QLineEdit::textEdited, this, &LensDialog::onSpecEdited);
    m_form->addRow(tr("&As text"), m_spec);
    m_form->addRow(QString(), m_specRemark);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_cut = buttons->addButton(tr("C&ut"), QDialogButtonBox::AcceptRole);
    m_cut->setObjectName(QStringLiteral("lensCut"));
    m_cut->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(LensSpec::parse(m_spec->text()).value().toString());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_form->addRow(buttons);
}

void LensDialog::setStart(Direction direction, qint64 offset)
{
    m_scope->setCurrentIndex(static_cast<int>(direction == Direction::In ? Scope::In : Scope::Out));
    if (!m_present.directions.empty()) {
        m_fields.setSpec(m_present.directions[indexOf(direction)]);
    }
    m_fields.start = QString::number(offset);
    showFields();
    onFieldEdited();
}

void LensDialog::onLensChosen()
{
    const QString example = m_lens->currentData().toString();
    if (example.isEmpty()) {
        m_fields.lens = m_lens->currentText();
    } else {
        const QString start = m_fields.start;
        m_fields.setSpec(LensSpec::parse(example).value());
        m_fields.start = start;
    }
    showFields();
    onFieldEdited();
}

/// Puts the values into the fields and shows those that the lens has.
void LensDialog::showFields()
{
    m_isLoading = true;
    const QString &lens = m_fields.lens;
    m_lens->setCurrentIndex(m_lens->findText(lens, Qt::MatchExactly | Qt::MatchCaseSensitive));
    m_description->setText(LensFields::describe(lens));
    const auto show = [this](QWidget *field, bool isShown) {
        field->setVisible(isShown);
        m_form->labelForField(field)->setVisible(isShown);
    };
    for (const Field &field : m_edits) {
        field.edit->setText(m_fields.*field.value);
        show(field.edit, isFieldOf(lens, field.value));
    }
    m_notation->setCurrentIndex(static_cast<int>(m_fields.notation));
    show(m_notation, lens == QLatin1String("delimiter") || lens == QLatin1String("between"));
    m_type->setCurrentText(m_fields.type);
    show(m_type, lens == QLatin1String("length"));
    m_isLoading = false;
}

Result<LensSpec> LensDialog::composed() const
{
    const Result<LensSpec> spec = m_fields.spec();
    const auto scope = static_cast<Scope>(m_scope->currentIndex());
    if (!spec || scope == Scope::Both) {
        return spec;
    }
    LensSpec both = m_present;
    if (both.directions.empty()) {
        both = {};
        both.name.clear();
        both.directions = {m_present, m_present};
    }
    both.directions[indexOf(scope == Scope::In ? Direction::In : Direction::Out)] = *spec;
    return both;
}

void LensDialog::onFieldEdited()
{
    if (m_isLoading) {
        return;
    }
    const Result<LensSpec> spec = composed();
    if (spec) {
        m_spec->setText(spec->toString());
    }
    say(m_specRemark, {});
    say(m_fieldRemark, spec ? QString() : spec.error().detail);
    m_cut->setEnabled(spec.has_value());
}

void LensDialog::onSpecEdited()
{
    const Result<LensSpec> spec = LensSpec::parse(m_spec->text());
    if (spec) {
        const bool isSplit = !spec->directions.empty();
        const Scope scope = !isSplit                                    ? Scope::Both
            : static_cast<Scope>(m_scope->currentIndex()) == Scope::Out ? Scope::Out
                                                                        : Scope::In;
        if (isSplit) {
            m_present = *spec;
        }
        m_scope->setCurrentIndex(static_cast<int>(scope));
        m_fields.setSpec(isSplit ? spec->directions[indexOf(scope == Scope::In ? Direction::In : Direction::Out)]
                                 : *spec);
        showFields();
    }
    say(m_fieldRemark, {});
    say(m_specRemark, spec ? QString() : spec.error().detail);
    m_cut->setEnabled(spec.has_value());
}

void LensDialog::say(QLabel *label, const QString &problem)
{
    label->setText(problem);
    setTone(label, Theme::Tone::Error);
}

} // namespace Sidewire
