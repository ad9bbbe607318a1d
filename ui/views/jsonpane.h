// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/decode/jsontree.h"
#include "ui/views/contentpane.h"

#include <memory>

class QStackedLayout;
class QToolButton;
class QTreeView;

namespace Sidewire {

class JsonModel;
class PaneBar;
class PayloadText;

/// JSON as a tree or as re-indented text; both keep every spelling. What is not JSON is said with its place.
class JsonPane final : public ContentPane
{
    Q_OBJECT

public:
    explicit JsonPane(QWidget *parent = nullptr);

    enum class Form { Tree, Text };
    void setForm(Form form);

private:
    struct Parsed
    {
        std::shared_ptr<const JsonTree> tree;
        QString text;
        QString problem;
    };

    static constexpr int FewRows = 200; ///< Opened by themselves
    static constexpr int ManyRows = 20'000; ///< Opened when all are asked for

    bool eventFilter(QObject *watched, QEvent *event) override;
    void buildTree();
    QToolButton *addButton(const char *name, const QString &text, const QString &toolTip);
    void showContent(const PaneContent &content) override;
    void showNothing() override;
    void expand(int maxRows);
    void copyValue();
    void copyMeaning();
    void copyPath();
    void updateButtons();

    PaneBar *m_bar;
    QToolButton *m_asTree;
    QToolButton *m_asText;
    QToolButton *m_expand;
    QToolButton *m_collapse;
    QTreeView *m_tree;
    JsonModel *m_model;
    PayloadText *m_text;
    QStackedLayout *m_stack;
};

} // namespace Sidewire
