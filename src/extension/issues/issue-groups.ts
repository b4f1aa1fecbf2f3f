/** Pure: the issues of all open documents as a list of groups, by kind or by place. */
import type { CorrectionType, DiagnosticData } from '../../protocol/requests';

export interface Issue {
  /** Of the document. */
  uri: string;
  /** As the list names the document. */
  document: string;
  /** From 0, as the editor counts. */
  line: number;
  character: number;
  end: { line: number; character: number };
  data: DiagnosticData;
}

export type Arrangement = 'kind' | 'place';

export interface IssueGroup {
  /** A kind, or the address of a document. */
  key: string;
  label: string;
  issues: Issue[];
}

/** Groups with the most issues first, or documents by name; in each the issues in the order of the text. */
export function groupsOf(
  issues: readonly Issue[],
  arrangement: Arrangement,
  kindName: (type: CorrectionType) => string,
): IssueGroup[] {
  const groups = new Map<string, IssueGroup>();
  for (const issue of [...issues].sort(byPlace)) {
    const [key, label] =
      arrangement === 'kind' ? [issue.data.type, kindName(issue.data.type)] : [issue.uri, issue.document];
    const group = groups.get(key) ?? { key, label, issues: [] };
    group.issues.push(issue);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  return arrangement === 'kind'
    ? all.sort((a, b) => b.issues.length - a.issues.length || a.label.localeCompare(b.label))
    : all;
}

function byPlace(a: Issue, b: Issue): number {
  return (
    a.document.localeCompare(b.document) || a.uri.localeCompare(b.uri) || a.line - b.line || a.character - b.character
  );
}
