import { describe, expect, it } from 'vitest';
import { FileIssues } from '../../../src/extension/issues/file-issues';
import type { Correction } from '../../../src/protocol/requests';

const text = 'One line.\r\nThis is teh end of day.\r\n';
const correction = (startIndex: number, endIndex: number, replacement: string, confidence: number): Correction => ({
  startIndex,
  endIndex,
  correction: replacement,
  type: 'spelling',
  confidence,
  explanation: 'Misspelled word.',
  lexicon: true,
});
const corrections = [correction(19, 22, 'the', 0.95), correction(30, 30, 'the ', 0.5)];
const found = new FileIssues();
found.set('file:///a.md', 'a.md', text, { corrections, highConfidence: 0.9 });
found.set('file:///b.md', 'b.md', 'All is well.\n', { corrections: [], highConfidence: 0.9 });
const nothingElse = (): boolean => false;

describe('issues of files that no editor shows', () => {
  it('stand at lines and characters, with what the editor needs to take them', () => {
    const [first] = found.all(nothingElse);
    expect(first).toMatchObject({ uri: 'file:///a.md', document: 'a.md', line: 1, character: 8 });
    expect(first!.end).toEqual({ line: 1, character: 11 });
    expect(first!.data).toMatchObject({ original: 'teh', correction: 'the', highConfidence: true });
  });

  it('cover a word where nothing is replaced, as an underline would', () => {
    const [, second] = found.all(nothingElse);
    expect(second!.data.original).not.toBe('');
    expect(second!.data.correction).toContain('the ');
    expect(second!.data.highConfidence).toBe(false);
  });

  it('are left to whoever tells those of an open document', () => {
    expect(found.all((uri) => uri === 'file:///a.md')).toEqual([]);
    expect(found.size).toBe(2);
  });
});
