// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionrow.h"

#include "ui/dialogs/optionfield.h"
#include "ui/widgets/labeltone.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace Sidewire {

namespace {

enum GridColumn { LabelColumn, FieldColumn, ResetColumn };

} // namespace

OptionRow::OptionRow(const OptionPlace &place, const OptionHelp &help, QGridLayout &grid, QWidget *parent)
    : QObject(parent)
    , m_place(place)
    , m_searched(QStringList{place.name, place.label, help.description}.join(u'\n'))
    , m_label(new QLabel(place.label, parent))
    , m_field(OptionField::make(place, place.hint.isEmpty() ? help.syntax : place.hint, help.description, parent))
    , m_reset(new QToolButton(parent))
    , m_problem(new QLabel(parent))
{
    m_field->setObjectName(QStringLiteral("option-") + place.name);
    m_field->setAccessibleName(place.label);
    m_field->setAccessibleDescription(help.description);
    if (QWidget *proxy = m_field->focusProxy()) {
        proxy->setAccessibleName(place.label);
        proxy->setAccessibleDescription(help.description);
    }
    m_label->setTextFormat(Qt::PlainText);
    m_label->setBuddy(m_field);
    const QString tip = QStringLiteral("<p><b>%1</b><br>%2<br>%3</p>")
                            .arg(place.name, help.description.toHtmlEscaped(), help.syntax.toHtmlEscaped());
    m_label->setToolTip(tip);
    m_field->setToolTip(tip);
    m_reset->setObjectName(QStringLiteral("reset-") + place.name);
    m_reset->setText(tr("Reset"));
    //: %1 is the name of an option
    m_reset->setToolTip(tr("Back to the default of %1").arg(place.name));
    m_reset->setAutoRaise(true);
    m_reset->setFocusPolicy(Qt::StrongFocus);
    grid.setColumnMinimumWidth(ResetColumn, m_reset->sizeHint().width()); // The fields keep their width
    m_problem->setObjectName(QStringLiteral("problem-") + place.name);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    const int line = grid.rowCount();
    const bool isTall = place.kind == OptionPlace::Kind::Lines || place.kind == OptionPlace::Kind::Proxy;
    m_label->setContentsMargins(0, isTall ? 4 : 0, 0, 0); // At the height of the first line
    grid.addWidget(m_label, line, LabelColumn, isTall ? Qt::AlignTop : Qt::AlignVCenter);
    grid.addWidget(m_field, line, FieldColumn);
    grid.addWidget(m_reset, line, ResetColumn, isTall ? Qt::AlignTop : Qt::AlignVCenter);
    grid.addWidget(m_problem, line + 1, FieldColumn, 1, 2);
    connect(m_reset, &QToolButton::clicked, this, &OptionRow::reset);
    connect(m_field, &OptionField::changed, this, &OptionRow::onChanged);
    onChanged();
}

void OptionRow::load(const SessionOptions &options)
{
    if (m_place.name != OptionLayout::Passphrase) {
        m_field->setValues(options.values(m_place.name));
        return;
    }
    const bool isTyped = options.passphraseFile.isEmpty() && !options.tls.passphrase.isEmpty();
    m_field->setValues(isTyped ? QStringList{options.tls.passphrase} : QStringList());
}

bool OptionRow::store(SessionOptions &options)
{
    const Result<void> written = write(options);
    showProblem(written ? QString() : written.error().detail);
    return written.has_value();
}

void OptionRow::showProblem(const QString &text)
{
    m_problem->setText(text);
    setTone(m_problem, Theme::Tone::Error);
    m_problem->setVisible(m_isVisible && !text.isEmpty());
}

Result<void> OptionRow::write(SessionOptions &options) const
{
    const QStringList values = m_field->values();
    if (m_place.name == OptionLayout::Passphrase) {
        if (!values.isEmpty()) {
            options.tls.passphrase = values.first();
            options.passphraseFile.clear();
        }
        return {};
    }
    for (const QString &value : values) {
        if (Result<void> set = options.set(m_place.name, value); !set) {
            return set;
        }
    }
    return {};
}

void OptionRow::reset()
{
    showProblem({});
    load({});
}

bool OptionRow::isChanged() const
{
    // What is not valid is not the default either. A file of a passphrase is not read for this.
    const QStringList values = m_field->values();
    SessionOptions options;
    return !values.isEmpty()
        && (m_place.kind == OptionPlace::Kind::File || !write(options) || options != SessionOptions());
}

bool OptionRow::matches(const QString &text) const
{
    return m_searched.contains(text, Qt::CaseInsensitive);
}

void OptionRow::setVisible(bool isVisible)
{
    m_isVisible = isVisible;
    m_label->setVisible(isVisible);
    m_field->setVisible(isVisible);
    m_reset->setVisible(isVisible && isChanged());
    m_problem->setVisible(isVisible && !m_problem->text().isEmpty());
}

bool OptionRow::isVisible() const
{
    return m_isVisible;
}

void OptionRow::setFocus()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

QWidget *OptionRow::fieldWidget() const
{
    return m_field;
}

void OptionRow::onChanged()
{
    const bool isOther = isChanged();
    QFont font = m_label->font();
    font.setBold(isOther);
    m_label->setFont(font);
    m_reset->setVisible(m_isVisible && isOther);
    if (!m_problem->text().isEmpty()) {
        SessionOptions options;
        store(options);
    }
    Q_EMIT changed();
}

} // namespace Sidewire
