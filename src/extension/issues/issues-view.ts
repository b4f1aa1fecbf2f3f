/**
 * The list of issues in the side bar: of all open documents, by kind or by place, each to be
 * looked at, taken or ignored.
 */
import * as vscode from 'vscode';
import { dataOf } from '../correct/diagnostics';
import { kindTitle } from '../review/kinds';
import { changeLabel, percentOf } from '../review/bar';
import { applyChecked } from '../shell/preview';
import type { Services } from '../shell/services';
import { byDocument, filtered, groupsOf, type Arrangement, type Issue, type IssueGroup } from './issue-groups';
import { placeOfRemark } from '../../protocol/remark-place';

const viewName = 'narTextTools.issues';
/** Which arrangement the title of the view offers. */
const arrangementContext = 'narTextTools.issuesArrangement';
/** A filter holds: the title of the view offers to end it. */
const filterContext = 'narTextTools.issuesFiltered';

type Node = { group: IssueGroup } | { issue: Issue };

class IssuesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private arrangement: Arrangement;
  private filter = '';
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly services: Services) {
    this.arrangement = services.context.workspaceState.get<Arrangement>(arrangementContext, 'place');
    this.view = vscode.window.createTreeView(viewName, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      vscode.languages.onDidChangeDiagnostics(() => this.refresh()),
      vscode.commands.registerCommand('narTextTools.issuesByKind', () => this.arrange('kind')),
      vscode.commands.registerCommand('narTextTools.issuesByPlace', () => this.arrange('place')),
      vscode.commands.registerCommand('narTextTools.issuesFilter', () => this.askFilter()),
      vscode.commands.registerCommand('narTextTools.issuesUnfilter', () => this.setFilter('')),
      vscode.commands.registerCommand('narTextTools.issueShow', (node?: Node) => this.reveal(node)),
      vscode.commands.registerCommand('narTextTools.issueTake', (node?: Node) => this.take(node)),
      vscode.commands.registerCommand('narTextTools.issueIgnore', (node?: Node) => this.ignore(node)),
    ];
    this.arrange(this.arrangement);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return groupsOf(this.shown(), this.arrangement, kindTitle).map((group) => ({ group }));
    return 'group' in node ? node.group.issues.map((issue) => ({ issue })) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('group' in node) {
      const { label, issues, key } = node.group;
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
      item.id = `${this.arrangement} ${key}`;
      item.description = String(issues.length);
      if (this.arrangement === 'place') item.iconPath = vscode.ThemeIcon.File;
      item.contextValue = 'group';
      return item;
    }
    const { issue } = node;
    const { original, correction, type, confidence } = issue.data;
    const item = new vscode.TreeItem(changeLabel(original, correction));
    const place = vscode.l10n.t('line {0}', issue.line + 1);
    item.description =
      this.arrangement === 'kind'
        ? `${issue.document}, ${place} · ${percentOf(confidence)}`
        : `${place} · ${kindTitle(type)} ${percentOf(confidence)}`;
    item.tooltip = `${kindTitle(type)} ${percentOf(confidence)}`;
    item.contextValue = 'issue';
    item.command = { command: 'narTextTools.issueShow', title: vscode.l10n.t('Show'), arguments: [node] };
    return item;
  }

  private shown(): readonly Issue[] {
    return filtered(allIssues(), this.filter, kindTitle);
  }

  private refresh(): void {
    const all = allIssues().length;
    this.view.badge = all === 0 ? undefined : { value: all, tooltip: vscode.l10n.t('{0} issues', all) };
    // An empty message takes no room.
    const { filter } = this;
    this.view.message =
      filter === '' ? '' : vscode.l10n.t('Only with “{0}”: {1} of {2}', filter, this.shown().length, all);
    this.changed.fire();
  }

  private async askFilter(): Promise<void> {
    const filter = await vscode.window.showInputBox({
      title: vscode.l10n.t('Show which issues?'),
      prompt: vscode.l10n.t('A word of the text, a kind (“spelling”) or the name of a document; empty shows all'),
      value: this.filter,
    });
    if (filter !== undefined) this.setFilter(filter.trim());
  }

  private setFilter(filter: string): void {
    this.filter = filter;
    void vscode.commands.executeCommand('setContext', filterContext, filter !== '');
    this.refresh();
  }

  private arrange(arrangement: Arrangement): void {
    this.arrangement = arrangement;
    void this.services.context.workspaceState.update(arrangementContext, arrangement);
    void vscode.commands.executeCommand('setContext', arrangementContext, arrangement);
    this.refresh();
  }

  /** The issue, or all those of a group; from the palette what is selected in the list. */
  private chosen(node: Node | undefined): Issue[] {
    const chosen = node ?? this.view.selection[0];
    if (!chosen) return [];
    return 'issue' in chosen ? [chosen.issue] : chosen.group.issues;
  }

  private async reveal(node: Node | undefined): Promise<void> {
    const [issue] = this.chosen(node);
    if (issue) await vscode.window.showTextDocument(vscode.Uri.parse(issue.uri), { selection: rangeOf(issue) });
  }

  /** One undo step in each document. */
  private async take(node: Node | undefined): Promise<void> {
    const again = (): unknown => this.take(node);
    for (const [uri, issues] of byDocument(this.chosen(node))) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      // Typed on since: the list is a moment behind.
      const edits = issues
        .filter((issue) => document.getText(rangeOf(issue)) === issue.data.original)
        .reverse()
        .map((issue) => {
          const { start, end } = rangeOf(issue);
          return { start: document.offsetAt(start), end: document.offsetAt(end), text: issue.data.correction };
        });
      if (edits.length > 0) await applyChecked(this.services, { document, version: document.version, edits, again });
    }
  }

  private async ignore(node: Node | undefined): Promise<void> {
    const issues = this.chosen(node);
    if (issues.length === 1) {
      const issue = issues[0]!;
      const { correction } = issue.data;
      await vscode.commands.executeCommand('narTextTools.ignoreRemark', issue.uri, rangeOf(issue), correction);
      return;
    }
    const { ignored } = this.services.kept;
    for (const [uri, inDocument] of byDocument(issues)) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      const text = document.getText();
      for (const issue of inDocument) {
        const { start, end } = rangeOf(issue);
        const change = { start: document.offsetAt(start), end: document.offsetAt(end), text: issue.data.correction };
        await ignored.addRemark(document.uri, placeOfRemark(text, change));
      }
    }
    if (issues.length > 0)
      this.services.messages.information(
        vscode.l10n.t(
          '{0} remarks are ignored, each in its place. “Show What Is Ignored in This File” brings them back.',
          issues.length,
        ),
      );
  }
}

function allIssues(): Issue[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap((diagnostic) => {
      const data = dataOf(diagnostic);
      if (!data) return [];
      const { start, end } = diagnostic.range;
      const [line, character] = [start.line, start.character];
      return [{ uri: uri.toString(), document: vscode.workspace.asRelativePath(uri), line, character, end, data }];
    }),
  );
}

function rangeOf({ line, character, end }: Issue): vscode.Range {
  return new vscode.Range(line, character, end.line, end.character);
}

export function registerIssuesView(services: Services): void {
  services.context.subscriptions.push(new IssuesView(services));
}
