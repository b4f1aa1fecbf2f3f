/**
 * The list of issues in the side bar: of all open documents, and of all files of the workspace once they were
 * checked, by kind or by place, each to be looked at, taken or ignored.
 */
import * as vscode from 'vscode';
import { kindTitle, spokenChange } from '../review/kinds';
import { changeLabel, percentOf } from '../review/bar';
import type { Services } from '../shell/services';
import { issueCount } from '../shell/status-menu';
import { ignoreIssues, rangeOf, takeIssues } from './issue-acts';
import { filtered, groupsOf, type Arrangement, type Issue } from './issue-groups';
import { IssueIds } from './issue-ids';
import { IssueRows, type IssueNode } from './issue-rows';
import { IssueWalk } from './issue-walk';
import { LiveIssues } from './live-issues';
import { WorkspaceCheck } from './workspace-check';

const viewName = 'narTextTools.issues';
/** Which arrangement the title of the view offers. */
const arrangementContext = 'narTextTools.issuesArrangement';
/** A filter holds: the title of the view offers to end it. */
const filterContext = 'narTextTools.issuesFiltered';

/** A view that is visible this many milliseconds after the start came with the window. */
const windowOpens = 2000;

/** With more groups than these the list begins closed. */
const mostOpenGroups = 12;

class IssuesView implements vscode.TreeDataProvider<IssueNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<IssueNode>;
  private readonly subscriptions: vscode.Disposable[];
  private arrangement: Arrangement;
  private filter = '';
  private readonly ids = new IssueIds();
  private rows = new IssueRows([], 'place', () => '');
  /** What the editor was last told to draw. */
  private drawn = '';
  private readonly walk: IssueWalk;
  /** One stroke after the other: two quick ones must not decide about the same row. */
  private latest: Promise<void> = Promise.resolve();
  private readonly live = new LiveIssues();
  private readonly workspace: WorkspaceCheck;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly services: Services) {
    this.arrangement = services.context.workspaceState.get<Arrangement>(arrangementContext, 'place');
    this.workspace = new WorkspaceCheck(services);
    this.view = vscode.window.createTreeView(viewName, { treeDataProvider: this, showCollapseAll: true });
    this.walk = new IssueWalk(this.view);
    this.subscriptions = [
      this.view,
      this.walk,
      this.focusWhenFirstShown(),
      this.live,
      this.workspace,
      this.live.onDidChange(() => this.refresh()),
      this.workspace.onDidChange(() => this.refresh()),
      vscode.commands.registerCommand('narTextTools.checkWorkspace', async () => {
        await vscode.commands.executeCommand(`${viewName}.focus`);
        await this.workspace.run();
      }),
      vscode.commands.registerCommand('narTextTools.issuesTakeAll', () => this.takeAll()),
      vscode.commands.registerCommand('narTextTools.issuesIgnoreAll', () => this.ignoreAll()),
      vscode.commands.registerCommand('narTextTools.issuesByKind', () => this.arrange('kind')),
      vscode.commands.registerCommand('narTextTools.issuesByPlace', () => this.arrange('place')),
      vscode.commands.registerCommand('narTextTools.issuesFilter', () => this.askFilter()),
      vscode.commands.registerCommand('narTextTools.issuesUnfilter', () => this.setFilter('')),
      vscode.commands.registerCommand('narTextTools.issueShow', (node?: IssueNode) => this.reveal(node)),
      vscode.commands.registerCommand('narTextTools.issueTake', (node?: IssueNode) =>
        this.decide(node, (issues) => takeIssues(this.services, this.workspace, issues)),
      ),
      vscode.commands.registerCommand('narTextTools.issueIgnore', (node?: IssueNode) =>
        this.decide(node, ignoreIssues),
      ),
    ];
    this.arrange(this.arrangement);
  }

  /**
   * VS Code gives the focus to a view that it shows for the first time before the list is drawn, and so to nothing: it
   * is asked again. A view that comes with the window takes no focus away from an editor.
   */
  private focusWhenFirstShown(): vscode.Disposable {
    const started = Date.now();
    const registration = this.view.onDidChangeVisibility(({ visible }) => {
      if (!visible) return;
      registration.dispose();
      if (Date.now() - started < windowOpens) return;
      // Nothing tells when the list is drawn.
      setTimeout(() => void vscode.commands.executeCommand(`${viewName}.focus`), 500);
    });
    return registration;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  getChildren(node?: IssueNode): IssueNode[] {
    return node === undefined ? [...this.rows.groups] : this.rows.childrenOf(node);
  }

  getParent(node: IssueNode): IssueNode | undefined {
    return this.rows.parentOf(node);
  }

  getTreeItem(node: IssueNode): vscode.TreeItem {
    if ('group' in node) {
      const { label, issues } = node.group;
      const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
      const item = new vscode.TreeItem(label, this.rows.groups.length > mostOpenGroups ? Collapsed : Expanded);
      item.id = node.id;
      item.description = String(issues.length);
      if (this.arrangement === 'place') item.iconPath = vscode.ThemeIcon.File;
      item.accessibilityInformation = { label: `${label}, ${issueCount(issues.length)}` };
      item.contextValue = 'group';
      return item;
    }
    const { issue } = node;
    const { original, correction, type, confidence } = issue.data;
    const item = new vscode.TreeItem(changeLabel(original, correction));
    item.id = node.id;
    const line = vscode.l10n.t('line {0}', issue.line + 1);
    // What the group says already is not said again.
    const place = this.arrangement === 'kind' ? `${issue.document}, ${line}` : line;
    item.description =
      this.arrangement === 'kind'
        ? `${place} · ${percentOf(confidence)}`
        : `${place} · ${kindTitle(type)} ${percentOf(confidence)}`;
    item.tooltip = `${kindTitle(type)} ${percentOf(confidence)}`;
    item.accessibilityInformation = { label: `${spokenChange(original, correction)}, ${item.tooltip}, ${place}` };
    item.contextValue = 'issue';
    item.command = { command: 'narTextTools.issueShow', title: vscode.l10n.t('Show'), arguments: [node] };
    return item;
  }

  private all(): Issue[] {
    const { live } = this;
    return [...live.issues(), ...this.workspace.issues((uri) => live.tells(uri))];
  }

  private shown(): readonly Issue[] {
    return filtered(this.all(), this.filter, kindTitle);
  }

  private refresh(): void {
    const issues = this.all();
    const all = issues.length;
    const ids = this.ids.of(issues);
    const groups = groupsOf(filtered(issues, this.filter, kindTitle), this.arrangement, kindTitle);
    this.rows = new IssueRows(groups, this.arrangement, (issue) => ids.get(issue)!);
    this.view.badge = all === 0 ? undefined : { value: all, tooltip: issueCount(all) };
    this.view.message = this.message(all);
    // Diagnostics of others come with every keystroke: a list that says the same is not drawn again.
    const shown = JSON.stringify(groups);
    if (shown !== this.drawn) {
      this.drawn = shown;
      this.walk.drawsAnew();
      this.changed.fire();
    }
    this.walk.follow(this.rows);
  }

  /** An empty message takes no room. */
  private message(all: number): string {
    const { filter, workspace } = this;
    if (filter !== '') return vscode.l10n.t('Only with “{0}”: {1} of {2}', filter, this.shown().length, all);
    const { fileCount } = workspace;
    if (fileCount === undefined) return '';
    return all === 0
      ? vscode.l10n.t('{0} files checked: no issues', fileCount)
      : vscode.l10n.t('{0} files checked', fileCount);
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

  /** Takes or ignores the issue, or all those of a group; for a key those of the row that has the focus. */
  private decide(node: IssueNode | undefined, act: (issues: readonly Issue[]) => Promise<void>): Promise<void> {
    this.latest = this.latest
      .then(async () => {
        const chosen = node ?? (await this.walk.focused());
        // The editor may hold a row of an earlier list.
        const row = chosen && (this.rows.find(chosen) ?? chosen);
        if (!row) return;
        const issues = issuesOf(row);
        this.ids.leave(issues);
        await this.walk.decided(row, this.rows);
        await act(issues.flatMap((issue) => this.live.moved(issue) ?? []));
      })
      .catch((error: unknown) => this.services.messages.failure(error));
    return this.latest;
  }

  private async reveal(node: IssueNode | undefined): Promise<void> {
    const [issue] = node ? issuesOf(node) : [];
    if (issue) await vscode.window.showTextDocument(vscode.Uri.parse(issue.uri), { selection: rangeOf(issue) });
  }

  /** Of what the filter shows; nothing here applies unasked. */
  private async takeAll(): Promise<void> {
    const shown = this.shown();
    if (this.tellsNone(shown)) return;
    const take = vscode.l10n.t('Take All');
    const asked = vscode.l10n.t('Take {0} corrections in {1} files?', shown.length, documentCount(shown));
    const detail = vscode.l10n.t('The list shows each of them. Files that no editor shows are changed and saved.');
    if ((await vscode.window.showWarningMessage(asked, { modal: true, detail }, take)) === take)
      await takeIssues(this.services, this.workspace, shown);
  }

  private async ignoreAll(): Promise<void> {
    const shown = this.shown();
    if (this.tellsNone(shown)) return;
    const ignore = vscode.l10n.t('Ignore All');
    const asked = vscode.l10n.t(
      'Ignore {0} remarks in {1} files, each in its place?',
      shown.length,
      documentCount(shown),
    );
    if ((await vscode.window.showWarningMessage(asked, { modal: true }, ignore)) === ignore) await ignoreIssues(shown);
  }

  private tellsNone(issues: readonly Issue[]): boolean {
    if (issues.length === 0) this.services.messages.information(vscode.l10n.t('The list of issues is empty.'));
    return issues.length === 0;
  }
}

function issuesOf(node: IssueNode): readonly Issue[] {
  return 'issue' in node ? [node.issue] : node.group.issues;
}

function documentCount(issues: readonly Issue[]): number {
  return new Set(issues.map(({ uri }) => uri)).size;
}

/** @returns what the list shows, for tests */
export function registerIssuesView(services: Services): Pick<IssuesView, 'getChildren'> {
  const view = new IssuesView(services);
  services.context.subscriptions.push(view);
  return view;
}
