// JSON lines in, JSON lines out: cspell's Markdown checker, the first suggestion of every issue applied.
// node cspell.mjs FOLDER   where FOLDER/node_modules/cspell-lib is installed
import { createInterface } from 'node:readline';
import { importFrom } from './entry.mjs';

const { spellCheckDocument } = await importFrom(process.argv[2], 'cspell-lib');
for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  const start = performance.now();
  const { issues } = await spellCheckDocument(
    { uri: 'file:///text.md', text, languageId: 'markdown' },
    { generateSuggestions: true, noConfigSearch: true },
    { numSuggestions: 1, language: 'en', ignoreRegExpList: ['/`[^`]*`/g'] },
  );
  let output = text;
  for (const issue of issues.sort((a, b) => b.offset - a.offset)) {
    const better = issue.suggestionsEx?.[0]?.wordAdjustedToMatchCase ?? issue.suggestionsEx?.[0]?.word ?? issue.suggestions?.[0];
    if (better) output = output.slice(0, issue.offset) + better + output.slice(issue.offset + issue.text.length);
  }
  process.stdout.write(`${JSON.stringify({ id, output, milliseconds: performance.now() - start })}\n`);
}
