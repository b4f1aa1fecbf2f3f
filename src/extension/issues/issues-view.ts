/** The list of issues in the side bar: of all open documents, by kind or by place, each to be looked at, taken or ignored. */
import * as vscode from 'vscode';
import { dataOf } from '../correct/diagnostics';
import { kindTitle } from '../review/kinds';
import { percentOf, visibleWords } from '../review/bar';
import { applyChecked } from '../shell/preview';
import type { Services } from '../shell/services';
import { groupsOf, type Arrangement, type Issue, type IssueGroup } from './issue-groups';

const viewName = 'narTextTools.issues';
/** Which arrangement the title of the view offers. */
const arrangementContext = 'narTextTools.issuesArrangement';

type Node = { group: IssueGroup } | { issue: Issue };

class IssuesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private arrangement: Arrangement;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly services: Services) {
    this.arrangement = services.context.workspaceState.get<Arrangement>(arrangementContext, 'place');
    this.view = vscode.window.createTreeView(viewName, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      vscode.languages.onDidChangeDiagnostics(() => this.refresh()),
      vscode.commands.registerCommand('narTextTools.issuesByKind', () => this.arrange('kind')),
      vscode.commands.registerCommand('narTextTools.issuesByPlace', () => this.arrange('place')),
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
    if (node === undefined) return groupsOf(allIssues(), this.arrangement, kindTitle).map((group) => ({ group }));
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
    const item = new vscode.TreeItem(`${visibleWords(original)} → ${visibleWords(correction)}`);
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

  private refresh(): void {
    const count = allIssues().length;
    this.view.badge = count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('{0} issues', count) };
    this.changed.fire();
  }

  private arrange(arrangement: Arrangement): void {
    this.arrangement = arrangement;
    void this.services.context.workspaceState.update(arrangementContext, arrangement);
    void vscode.commands.executeCommand('setContext', arrangementContext, arrangement);
    this.refresh();
  }

  /** From the palette the entry that is selected in the list. */
  private chosen(node: Node | undefined): Issue | undefined {
    const chosen = node ?? this.view.selection[0];
    return chosen && 'issue' in chosen ? chosen.issue : undefined;
  }

  private async reveal(node: Node | undefined): Promise<void> {
    const issue = this.chosen(node);
    if (issue) await vscode.window.showTextDocument(vscode.Uri.parse(issue.uri), { selection: rangeOf(issue) });
  }

  private async take(node: Node | undefined): Promise<void> {
    const issue = this.chosen(node);
    if (!issue) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(issue.uri));
    const range = rangeOf(issue);
    const { original, correction } = issue.data;
    // Typed on since: the list is a moment behind.
    if (document.getText(range) !== original) return;
    const edit = { start: document.offsetAt(range.start), end: document.offsetAt(range.end), text: correction };
    const again = (): unknown => this.take(node);
    await applyChecked(this.services, { document, version: document.version, edits: [edit], again });
  }

  private async ignore(node: Node | undefined): Promise<void> {
    const issue = this.chosen(node);
    if (issue)
      await vscode.commands.executeCommand(
        'narTextTools.ignoreRemark',
        issue.uri,
        rangeOf(issue),
        issue.data.correction,
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
