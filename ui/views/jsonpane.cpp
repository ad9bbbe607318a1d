// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsonpane.h"

#include "core/payload/json.h"
#include "core/payload/text.h"
#include "ui/theme/theme.h"
#include "ui/views/jsonmodel.h"
#include "ui/views/panebar.h"
#include "ui/views/payloadtext.h"

#include <QAction>
#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr QKeyCombination CopyPath = Qt::CTRL | Qt::SHIFT | Qt::Key_C;

} // namespace

JsonPane::JsonPane(QWidget *parent)
    : ContentPane(parent)
    , m_bar(new PaneBar(this))
    , m_asTree(addButton("jsonTree", tr("Tree"), tr("Keys and values as a tree")))
    , m_asText(addButton("jsonText", tr("Text"), tr("The text with new line ends and indentation")))
    , m_expand(addButton("jsonExpand", tr("Expand all"), tr("Open all objects and arrays")))
    , m_collapse(addButton("jsonCollapse", tr("Collapse all"), tr("Close all objects and arrays")))
    , m_tree(new QTreeView(this))
    , m_model(new JsonModel(this))
    , m_text(new PayloadText(this))
    , m_stack(new QStackedLayout)
{
    auto *forms = new QButtonGroup(this);
    for (QToolButton *button : {m_asTree, m_asText}) {
        button->setCheckable(true);
        forms->addButton(button);
    }
    m_asTree->setChecked(true);
    connect(m_asTree, &QToolButton::clicked, this, [this] { setForm(Form::Tree); });
    connect(m_asText, &QToolButton::clicked, this, [this] { setForm(Form::Text); });
    connect(m_expand, &QToolButton::clicked, this, [this] { expand(ManyRows); });
    connect(m_collapse, &QToolButton::clicked, m_tree, &QTreeView::collapseAll);
    buildTree();
    m_text->setObjectName(QStringLiteral("detailJson"));
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_text);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addLayout(m_stack);
    setFocusProxy(m_tree);
    updateButtons();
}

QToolButton *JsonPane::addButton(const char *name, const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    m_bar->add(button);
    return button;
}

void JsonPane::buildTree()
{
    m_tree->setObjectName(QStringLiteral("detailJsonTree"));
    m_tree->setAccessibleName(tr("JSON"));
    m_tree->setModel(m_model);
    m_tree->setFont(Theme::fixedFont());
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setHeaderHidden(true);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString &text, const QKeySequence &keys, void (JsonPane::*act)()) {
        auto *action =
            new QAction(keys.isEmpty() ? text : text + u'\t' + keys.toString(QKeySequence::NativeText), m_tree);
        connect(action, &QAction::triggered, this, act);
        m_tree->addAction(action);
    };
    add(tr("Copy &value"), QKeySequence::Copy, &JsonPane::copyValue);
    add(tr("Copy string without &escapes"), {}, &JsonPane::copyMeaning);
    add(tr("Copy &path"), CopyPath, &JsonPane::copyPath);
    m_tree->installEventFilter(this);
}

bool JsonPane::eventFilter(QObject *watched, QEvent *event)
{
    // The keys are no shortcuts of the actions, because the views around it copy with the same ones.
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (!isOverride && event->type() != QEvent::KeyPress) {
        return ContentPane::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isValue = key->matches(QKeySequence::Copy);
    if (!isValue && key->keyCombination() != CopyPath) {
        return ContentPane::eventFilter(watched, event);
    }
    event->accept();
    if (!isOverride && isValue) {
        copyValue();
    } else if (!isOverride) {
        copyPath();
    }
    return true;
}

void JsonPane::setForm(Form form)
{
    const bool isTree = form == Form::Tree;
    (isTree ? m_asTree : m_asText)->setChecked(true);
    m_stack->setCurrentIndex(isTree ? 0 : 1);
    setFocusProxy(isTree ? static_cast<QWidget *>(m_tree) : m_text);
    updateButtons();
}

void JsonPane::updateButtons()
{
    const bool isTree = m_asTree->isChecked();
    m_expand->setEnabled(isTree && m_model->tree());
    m_collapse->setEnabled(isTree && m_model->tree());
}

void JsonPane::showContent(const PaneContent &content)
{
    if (!content.isWhole) {
        showNothing();
        m_bar->setRemark(tr("Too long to be shown as JSON"));
        return;
    }
    const auto parse = [bytes = content.bytes] {
        Parsed parsed;
        Result<JsonTree> tree = JsonTree::parse(bytes);
        if (!tree) {
            parsed.problem = tree.error().detail;
            return parsed;
        }
        parsed.tree = std::make_shared<JsonTree>(std::move(tree).value());
        const Result<QByteArray> text = Json::reindent(bytes);
        parsed.text = text ? PayloadText::breakLongLines(Text::display(*text)) : text.error().detail;
        return parsed;
    };
    compute(parse, [this](const Parsed &parsed) {
        m_model->setTree(parsed.tree);
        m_text->showText(parsed.text);
        updateButtons();
        if (!parsed.tree) {
            m_bar->setRemark(tr("Not JSON: %1").arg(parsed.problem));
            return;
        }
        const int count = parsed.tree->count();
        m_bar->setRemark(parsed.tree->isCut() ? tr("The tree shows the first %1 values").arg(count)
                             : count == 1     ? tr("1 value")
                                              : tr("%n values", nullptr, count));
        expand(FewRows);
        m_tree->setColumnWidth(JsonModel::KeyColumn, std::max(160, m_tree->width() / 4));
    });
}

void JsonPane::showNothing()
{
    m_model->setTree(nullptr);
    m_text->showText({});
    m_bar->setRemark({});
    updateButtons();
}

void JsonPane::expand(int maxRows)
{
    const JsonTree *tree = m_model->tree();
    if (!tree) {
        return;
    }
    m_tree->setUpdatesEnabled(false);
    // Level by level, so that what stays closed is what lies deepest.
    std::vector<int> level{0};
    int rows = 1;
    bool isEnough = false;
    while (!level.empty() && !isEnough) {
        std::vector<int> next;
        for (const int node : level) {
            const int children = tree->childCount(node);
            isEnough = isEnough || rows + children > maxRows;
            if (children == 0 || (isEnough && node != 0)) {
                continue;
            }
            m_tree->expand(m_model->indexOf(node));
            rows += children;
            for (int row = 0; row < children; ++row) {
                next.push_back(tree->child(node, row));
            }
        }
        level = std::move(next);
    }
    m_tree->setUpdatesEnabled(true);
    if (isEnough && maxRows == ManyRows) {
        m_bar->setRemark(tr("%1 rows are open; what lies deeper stays closed").arg(rows));
    }
}

void JsonPane::copyValue()
{
    if (const int node = m_model->nodeOf(m_tree->currentIndex()); node >= 0) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_model->tree()->value(node)));
    }
}

void JsonPane::copyMeaning()
{
    const int node = m_model->nodeOf(m_tree->currentIndex());
    if (node >= 0 && m_model->tree()->kind(node) == JsonTree::Kind::String) {
        QGuiApplication::clipboard()->setText(unescapedJson(m_model->tree()->value(node)));
    } else {
        copyValue();
    }
}

void JsonPane::copyPath()
{
    if (const int node = m_model->nodeOf(m_tree->currentIndex()); node >= 0) {
        QGuiApplication::clipboard()->setText(m_model->tree()->path(node));
    }
}

} // namespace Sidewire
