/** Pure: the issues of all open documents as a list of groups, by kind or by place. */
import type { CorrectionType } from '../../protocol/requests';
import type { DiagnosticData } from '../../protocol/language-server';

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

/** By document, and in each in the order of the text. */
export function byPlace(a: Issue, b: Issue): number {
  return (
    a.document.localeCompare(b.document) || a.uri.localeCompare(b.uri) || a.line - b.line || a.character - b.character
  );
}

/**
 * The issues that a person looks for: each word of the filter is in the words, the correction, the kind
 * or the name of the document.
 */
export function filtered(
  issues: readonly Issue[],
  filter: string,
  kindName: (type: CorrectionType) => string,
): readonly Issue[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return issues;
  return issues.filter(({ document, data: { original, correction, type } }) => {
    const text = `${original}\n${correction}\n${kindName(type)}\n${document}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Issues of each document, the last one of a text first: what is taken there does not move the others. */
export function byDocument(issues: readonly Issue[]): Map<string, Issue[]> {
  const documents = new Map<string, Issue[]>();
  for (const issue of [...issues].sort(byPlace).reverse())
    documents.set(issue.uri, [...(documents.get(issue.uri) ?? []), issue]);
  return documents;
}
