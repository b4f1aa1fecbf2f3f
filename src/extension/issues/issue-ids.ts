/**
 * Pure: which issue of a new list is which of the one before. An editor keeps focus and selection of a list on rows
 * whose ids stay, and neither words nor places are enough for one: the same mistake stands twice in a text, and the
 * rest of a line moves when a word before it is corrected.
 */
import { byPlace, type Issue } from './issue-groups';

interface Named {
  issue: Issue;
  id: string;
}

export class IssueIds {
  /** Issues of the latest list, in the order of the text, by document and change. */
  private known = new Map<string, Named[]>();
  /** Taken or ignored, and perhaps in the list for a moment still. */
  private leaving = new Set<string>();
  private count = 0;

  /** A person has decided about issues of the latest list: when one of several alike is missing, it is one of these. */
  leave(issues: readonly Issue[]): void {
    const decided = new Set(issues);
    for (const { issue, id } of [...this.known.values()].flat()) if (decided.has(issue)) this.leaving.add(id);
  }

  /** The id of every issue of a new list. */
  of(issues: readonly Issue[]): Map<Issue, string> {
    const alike = new Map<string, Issue[]>();
    for (const issue of issues) {
      const key = JSON.stringify([issue.uri, issue.data.original, issue.data.correction]);
      const others = alike.get(key);
      if (others) others.push(issue);
      else alike.set(key, [issue]);
    }
    const known = new Map<string, Named[]>();
    const ids = new Map<Issue, string>();
    for (const [key, now] of alike) {
      const named = this.named(this.known.get(key) ?? [], now.sort(byPlace));
      known.set(key, named);
      for (const { issue, id } of named) ids.set(issue, id);
    }
    this.known = known;
    const here = new Set(ids.values());
    this.leaving = new Set([...this.leaving].filter((id) => here.has(id)));
    return ids;
  }

  /** As many as before are the same in their order; else those that stand where they stood, and then the others. */
  private named(before: readonly Named[], now: readonly Issue[]): Named[] {
    let missing = before.length - now.length;
    const left = before.filter(({ id }) => !(missing > 0 && this.leaving.has(id) && missing-- > 0));
    const unmoved = new Map<Issue, Named>();
    for (const issue of left.length === now.length ? [] : now) {
      const same = left.findIndex((each) => byPlace(each.issue, issue) === 0);
      if (same >= 0) unmoved.set(issue, left.splice(same, 1)[0]!);
    }
    return now.map((issue) => ({
      issue,
      id: (unmoved.get(issue) ?? left.shift())?.id ?? String(this.count++),
    }));
  }
}
