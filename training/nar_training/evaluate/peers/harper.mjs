// JSON lines in, JSON lines out: Harper's own linter, the first suggestion of every lint applied.
// node harper.mjs FOLDER   where FOLDER/node_modules/harper.js is installed
import { createInterface } from 'node:readline';
import { importFrom } from './entry.mjs';

const folder = process.argv[2];
const { LocalLinter, Dialect } = await importFrom(folder, 'harper.js');
const { binaryInlined } = await importFrom(folder, 'harper.js', './binaryInlined');
const linter = new LocalLinter({ binary: binaryInlined, dialect: Dialect.American });
await linter.setup();
for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  const start = performance.now();
  const lints = await linter.lint(text, { language: 'markdown' });
  let output = text;
  let edge = Infinity;
  for (const lint of lints.sort((a, b) => b.span().start - a.span().start)) {
    if (lint.suggestion_count() === 0 || lint.span().end > edge) continue;
    const changed = await linter.applySuggestion(output, lint, lint.suggestions()[0]);
    edge = lint.span().start;
    output = changed;
  }
  process.stdout.write(`${JSON.stringify({ id, output, milliseconds: performance.now() - start })}\n`);
}
