/** Pure: what was found in files that no editor shows. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CorrectResult } from '../../protocol/requests';
import { remarkShown } from '../../protocol/remark-shown';
import type { Issue } from './issue-groups';

export class FileIssues {
  private readonly files = new Map<string, readonly Issue[]>();

  /** @param name as the list names the file */
  set(uri: string, name: string, text: string, result: Pick<CorrectResult, 'corrections' | 'highConfidence'>): void {
    this.files.set(uri, issuesIn(uri, name, text, result));
  }

  /** Whether there was anything to forget. */
  delete(uri: string): boolean {
    return this.files.delete(uri);
  }

  /** How many files were checked. */
  get size(): number {
    return this.files.size;
  }

  get uris(): string[] {
    return [...this.files.keys()];
  }

  /** @param elsewhere whether something else tells the issues of a file */
  all(elsewhere: (uri: string) => boolean): Issue[] {
    return [...this.files].flatMap(([uri, issues]) => (issues.length === 0 || elsewhere(uri) ? [] : issues));
  }
}

function issuesIn(
  uri: string,
  name: string,
  text: string,
  { corrections, highConfidence }: Pick<CorrectResult, 'corrections' | 'highConfidence'>,
): Issue[] {
  const document = TextDocument.create(uri, '', 0, text);
  return corrections.map((correction) => {
    const { start, end, data } = remarkShown(text, correction, highConfidence);
    return { uri, document: name, ...document.positionAt(start), end: document.positionAt(end), data };
  });
}
