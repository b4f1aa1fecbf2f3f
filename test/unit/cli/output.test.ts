/** Every kind of output says the same as the corrections, each in the units of its own specification. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type AnySchema } from 'ajv';
import { describe, expect, it } from 'vitest';
import { githubLines } from '../../../src/cli/output/github';
import { jsonDocument } from '../../../src/cli/output/json';
import { rdjsonDocument } from '../../../src/cli/output/rdjson';
import { remarksOf } from '../../../src/cli/output/remarks';
import { sarifDocument } from '../../../src/cli/output/sarif';
import { textLines, unknownLines } from '../../../src/cli/output/text';
import type { Correction } from '../../../src/protocol/requests';

const root = path.join(__dirname, '../../..');
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>;

const text = 'One.\r\n🙂 é teh\rlast\n';
const correction = (original: string, put: string, rest: Partial<Correction> = {}): Correction => ({
  startIndex: text.indexOf(original),
  endIndex: text.indexOf(original) + original.length,
  correction: put,
  type: 'spelling',
  confidence: 0.95,
  explanation: `100 %: “${put}”,\nsure`,
  lexicon: true,
  ...rest,
});
const file = remarksOf('docs/a b,c%.md', 'markdown', text, {
  corrections: [correction('teh', 'the'), correction('last', '', { confidence: 0.5, style: true, type: 'hyphen' })],
  highConfidence: 0.9,
  output: '',
  milliseconds: 0,
  passes: 0,
  failures: [{ startIndex: 0, endIndex: 4, message: 'no' }],
  unread: [{ startIndex: 0, endIndex: 4 }],
  unknownWords: [{ startIndex: 0, endIndex: 4, suggestions: ['last'] }],
});
const nameless = { ...file, name: undefined };

function sarifIsValid(document: unknown): void {
  // Draft 4 says "id" where the later drafts say "$id"; nothing else of it differs in this schema.
  const schema = readJson('test/fixtures/sarif/sarif-2.1.0-rtm.5.json');
  delete schema['$schema'];
  delete schema['id'];
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  const isValid = ajv.compile(schema as AnySchema);
  expect(isValid(document), JSON.stringify(isValid.errors, null, 2)).toBe(true);
  // The test could fail: without its version the document is none.
  expect(isValid({ ...(document as object), version: '3' })).toBe(false);
}

describe('--output', () => {
  it('text: lines as compilers write them', () => {
    expect(textLines(file)).toBe(
      'docs/a b,c%.md:2:6: 100 %: “the”, sure [spelling, 95 %]\ndocs/a b,c%.md:3:1: 100 %: “”, sure [hyphen, 50 %]\n',
    );
    expect(textLines(nameless)).toMatch(/^<stdin>:2:6: /);
    expect(unknownLines(nameless)).toEqual([
      expect.stringMatching(/^<stdin>:1:1: No list knows the word “.{4}”. Perhaps “last”\? \[unknown-word\]$/s),
    ]);
  });

  it('json: by its published schema', () => {
    const isValid = new Ajv({ strict: false }).compile(readJson('schemas/corrections.schema.json') as AnySchema);
    const document = JSON.parse(jsonDocument([file, nameless], ['a.bin is a binary file'], '1.2.3')) as {
      files: { file: string | null; corrections: object[] }[];
    };
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
    expect(document.files.map((entry) => entry.file)).toEqual(['docs/a b,c%.md', null]);
    expect(document.files[0]!.corrections).toMatchObject([
      { line: 2, column: 6, endLine: 2, endColumn: 9, original: 'teh', correction: 'the', sure: true },
      { line: 3, column: 1, endLine: 3, endColumn: 5, original: 'last', correction: '', sure: false, style: true },
    ]);
    expect(isValid({ ...document, files: [{ file: 'a.md', format: 'word', corrections: [] }] })).toBe(false);
  });

  it('sarif: by the schema of SARIF 2.1.0, with names that a URI can have', () => {
    const document = JSON.parse(sarifDocument([file, nameless], ['a.bin is binary'], '1.2.3', '/home/of me/repo')) as {
      runs: {
        results: {
          ruleIndex: number;
          level: string;
          locations: { physicalLocation: object }[];
          partialFingerprints: object;
        }[];
        tool: { driver: { rules: { id: string }[] } };
        originalUriBaseIds: object;
        invocations: { executionSuccessful: boolean }[];
      }[];
    };
    sarifIsValid(document);
    const [run] = document.runs;
    expect(run!.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///home/of%20me/repo/' } });
    expect(run!.results[0]).toMatchObject({
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'docs/a%20b%2Cc%25.md', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 },
          },
        },
      ],
    });
    expect(run!.tool.driver.rules[run!.results[1]!.ruleIndex]!.id).toBe('hyphen');
    expect([run!.results[1]!.level, run!.invocations[0]!.executionSuccessful]).toEqual(['note', false]);
    sarifIsValid(JSON.parse(sarifDocument([], [], '1.2.3')));
  });

  it('sarif: a remark keeps its fingerprint when text is put above it', () => {
    const fingerprint = (before: string) => {
      const moved = remarksOf('a.md', 'markdown', before + text, {
        corrections: [{ ...correction('teh', 'the'), startIndex: before.length + 11, endIndex: before.length + 14 }],
        highConfidence: 1,
        output: '',
        milliseconds: 0,
        passes: 0,
      });
      expect(moved.remarks[0]!.original).toBe('teh');
      const document = JSON.parse(sarifDocument([moved], [], '1')) as {
        runs: { results: { partialFingerprints: unknown }[] }[];
      };
      return document.runs[0]!.results[0]!.partialFingerprints;
    };
    expect(fingerprint('A new paragraph.\n\n')).toEqual(fingerprint(''));
  });

  it('rdjson: columns count bytes of UTF-8', () => {
    const { diagnostics } = JSON.parse(rdjsonDocument([file])) as { diagnostics: object[] };
    const range = { start: { line: 2, column: 9 }, end: { line: 2, column: 12 } };
    expect(diagnostics[0]).toMatchObject({
      location: { path: 'docs/a b,c%.md', range },
      severity: 'WARNING',
      code: { value: 'spelling' },
      suggestions: [{ range, text: 'the' }],
    });
    expect(diagnostics[1]).toMatchObject({ severity: 'INFO', suggestions: [{ text: '' }] });
  });

  it('github: one line a remark, with what would end a property or the line escaped', () => {
    const lines = githubLines(file).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      '::warning file=docs/a b%2Cc%25.md,line=2,endLine=2,col=6,endColumn=9,title=nar-text%3A spelling (95 %25)::100 %25: “the”,%0Asure',
    );
    expect(lines[1]).toMatch(/^::notice file=.*,line=3,endLine=3,col=1,endColumn=5,/);
  });
});
