// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionsdialog.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

namespace Sidewire {

namespace {

constexpr int MaxTimeout = 86'400'000; // ms

QString answerText(const AnswerOptions &answer)
{
    using Kind = AnswerOptions::Kind;
    const QString text = QString::fromUtf8(answer.text);
    switch (answer.kind) {
    case Kind::None:
        break;
    case Kind::Echo:
        return QStringLiteral("echo");
    case Kind::Discard:
        return QStringLiteral("discard");
    case Kind::Text:
        return QStringLiteral("text:") + text;
    case Kind::Greet:
        return QStringLiteral("greet:") + text;
    case Kind::Clock:
        return QStringLiteral("clock:%1").arg(answer.interval.count());
    case Kind::File:
        return QStringLiteral("file:") + answer.file;
    case Kind::Unruly:
        return QStringLiteral("unruly:%1").arg(answer.seed);
    }
    return QStringLiteral("none");
}

} // namespace

OptionsDialog::OptionsDialog(const SessionOptions &options, const QString &scheme, QWidget *parent)
    : QDialog(parent)
    , m_options(options)
    , m_timeout(new QSpinBox(this))
    , m_bind(new QLineEdit(this))
    , m_subprotocols(new QLineEdit(this))
    , m_origin(new QLineEdit(this))
    , m_auth(new QLineEdit(this))
    , m_headers(new QPlainTextEdit(this))
    , m_answer(new QComboBox(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("optionsDialog"));
    setWindowTitle(tr("Options of the next session"));
    resize(520, sizeHint().height());
    buildForm(scheme.startsWith(QLatin1String("ws")), scheme.endsWith(QLatin1String("-listen")));
    fill(options);
}

void OptionsDialog::buildForm(bool isWebSocket, bool isListener)
{
    m_timeout->setObjectName(QStringLiteral("connectTimeout"));
    m_timeout->setRange(1, MaxTimeout);
    m_timeout->setSuffix(tr(" ms"));
    m_bind->setObjectName(QStringLiteral("bind"));
    m_bind->setPlaceholderText(tr("address, :port or address:port"));
    m_subprotocols->setObjectName(QStringLiteral("subprotocols"));
    m_subprotocols->setPlaceholderText(tr("separated by commas"));
    m_origin->setObjectName(QStringLiteral("origin"));
    m_origin->setPlaceholderText(QStringLiteral("https://example.org"));
    m_auth->setObjectName(QStringLiteral("auth"));
    m_auth->setPlaceholderText(tr("user:password, or bearer and a token; never written into the log's options"));
    m_auth->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    m_headers->setObjectName(QStringLiteral("headers"));
    m_headers->setPlaceholderText(tr("One a line: Name: value"));
    m_headers->setTabChangesFocus(true);
    m_headers->setFont(Theme::fixedFont());
    m_headers->setFixedHeight(m_headers->fontMetrics().lineSpacing() * 5);
    m_answer->setObjectName(QStringLiteral("answer"));
    m_answer->setEditable(true);
    m_answer->addItems({QStringLiteral("none"), QStringLiteral("echo"), QStringLiteral("discard"),
                        QStringLiteral("text:hello"), QStringLiteral("greet:welcome"), QStringLiteral("clock:1000")});
    m_problem->setObjectName(QStringLiteral("optionsProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto *form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto row = [form](const QString &label, QWidget *field, bool isWanted) {
        field->setAccessibleName(label);
        field->setVisible(isWanted);
        if (isWanted) {
            form->addRow(label, field);
        }
    };
    row(tr("Answer"), m_answer, isListener);
    row(tr("Connect timeout"), m_timeout, !isListener);
    row(tr("Source address"), m_bind, !isListener);
    row(tr("Subprotocols"), m_subprotocols, isWebSocket);
    row(tr("Origin"), m_origin, isWebSocket && !isListener);
    row(tr("Authorization"), m_auth, isWebSocket && !isListener);
    row(tr("Headers"), m_headers, isWebSocket && !isListener);
    form->addRow(m_problem);

    auto *buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &OptionsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &OptionsDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] { fill({}); });
    form->addRow(buttons);
}

void OptionsDialog::fill(const SessionOptions &options)
{
    m_timeout->setValue(static_cast<int>(options.connectTimeout.count()));
    const Endpoint &bind = options.socket.bind;
    m_bind->setText(bind.isNull()               ? QString()
                        : bind.port == 0        ? bind.address.toString()
                        : bind.address.isNull() ? QStringLiteral(":%1").arg(bind.port)
                                                : bind.toString());
    m_subprotocols->setText(options.subprotocols.join(QStringLiteral(", ")));
    m_origin->setText(options.origin);
    m_auth->setText(options.auth);
    QStringList lines;
    for (const HttpHeader &header : options.headers) {
        lines.append(QString::fromLatin1(header.name + ": " + header.value));
    }
    m_headers->setPlainText(lines.join(QLatin1Char('\n')));
    m_answer->setCurrentText(answerText(options.answer));
}

Result<SessionOptions> OptionsDialog::read() const
{
    SessionOptions options;
    QList<std::pair<QString, QString>> entries{{QStringLiteral("connect-timeout"), QString::number(m_timeout->value())},
                                               {QStringLiteral("bind"), m_bind->text().trimmed()},
                                               {QStringLiteral("subprotocol"), m_subprotocols->text().trimmed()},
                                               {QStringLiteral("origin"), m_origin->text().trimmed()},
                                               {QStringLiteral("auth"), m_auth->text()},
                                               {QStringLiteral("answer"), m_answer->currentText()}};
    const QStringList lines = m_headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        entries.append({QStringLiteral("header"), line});
    }
    for (const auto &[name, value] : entries) {
        if (value.isEmpty()) {
            continue;
        }
        if (const Result<void> set = options.set(name, value); !set) {
            return set.error();
        }
    }
    return options;
}

void OptionsDialog::accept()
{
    Result<SessionOptions> options = read();
    if (!options) {
        m_problem->setText(options.error().detail);
        QPalette palette = m_problem->palette();
        palette.setColor(QPalette::WindowText, Theme::color(Theme::Tone::Error));
        m_problem->setPalette(palette);
        m_problem->show();
        return;
    }
    m_options = *std::move(options);
    QDialog::accept();
}

} // namespace Sidewire
