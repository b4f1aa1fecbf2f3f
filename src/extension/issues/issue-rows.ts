/** Pure: the list of issues as rows, and which of them is next when one was taken or ignored. */
import type { Arrangement, Issue, IssueGroup } from './issue-groups';

export type GroupNode = { id: string; group: IssueGroup };
export type IssueNode = GroupNode | { id: string; issue: Issue };

/** The row that comes after an act. */
export interface Next {
  node: IssueNode;
  decided: IssueNode;
  /** Rows of its sort above the decided one. */
  above: readonly IssueNode[];
}

export class IssueRows {
  readonly groups: readonly GroupNode[];
  private readonly children = new Map<string, IssueNode[]>();
  private readonly parents = new Map<string, GroupNode>();
  private readonly nodes = new Map<string, IssueNode>();
  /** Of all groups, as they stand below each other. */
  private readonly issues: IssueNode[] = [];

  /** @param idOf of an issue, the same in every arrangement */
  constructor(groups: readonly IssueGroup[], arrangement: Arrangement, idOf: (issue: Issue) => string) {
    this.groups = groups.map((group) => ({ id: `${arrangement} group ${group.key}`, group }));
    for (const node of this.groups) {
      const children = node.group.issues.map((issue) => ({ id: `${arrangement} ${idOf(issue)}`, issue }));
      this.children.set(node.id, children);
      this.nodes.set(node.id, node);
      for (const child of children) {
        this.issues.push(child);
        this.nodes.set(child.id, child);
        this.parents.set(child.id, node);
      }
    }
  }

  childrenOf({ id }: IssueNode): IssueNode[] {
    return this.children.get(id) ?? [];
  }

  parentOf({ id }: IssueNode): GroupNode | undefined {
    return this.parents.get(id);
  }

  /** The same row of an earlier list; undefined when it is gone. */
  find({ id }: IssueNode): IssueNode | undefined {
    return this.nodes.get(id);
  }

  /**
   * The issue below the one that was decided about, and at the end of the list the one above; for a group the group
   * below or above. Undefined when nothing is left.
   */
  after(decided: IssueNode): Next | undefined {
    const alike: readonly IssueNode[] = 'group' in decided ? this.groups : this.issues;
    const place = alike.findIndex(({ id }) => id === decided.id);
    const node = place < 0 ? undefined : (alike[place + 1] ?? alike[place - 1]);
    return node && { node, decided, above: alike.slice(0, place) };
  }

  /**
   * What stands in for a row that came after an act and is gone as well, as a correction may mend two: the one below
   * those that stood above, or else the last one. Undefined while the list is empty.
   */
  insteadOf({ node, above }: Next): IssueNode | undefined {
    const alike: readonly IssueNode[] = 'group' in node ? this.groups : this.issues;
    const upper = above.findLast((each) => this.find(each));
    const place = upper ? alike.findIndex(({ id }) => id === upper.id) + 1 : 0;
    return alike[place] ?? alike.at(-1);
  }
}

/**
 * The row that has the focus, from the selections before it was put among the selected ones or taken out, in between,
 * and after that was undone. Undefined where they do not fit together.
 */
export function focusedRow<Row extends IssueNode>(
  before: readonly Row[],
  toggled: readonly Row[],
  after: readonly Row[],
): Row | undefined {
  const without = (rows: readonly Row[], others: readonly Row[]): Row[] =>
    rows.filter(({ id }) => !others.some((other) => other.id === id));
  if (without(before, after).length > 0 || without(after, before).length > 0) return undefined;
  const changed = [...without(toggled, before), ...without(before, toggled)];
  return changed.length === 1 ? changed[0] : undefined;
}
