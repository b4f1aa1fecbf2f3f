// Errors put into clean paragraphs, and right sentences that tempt:
// node bench/inserted/score.mjs [--list] [options of nar-text correct]
// --model DIR, --level NAME and --threshold P go to the product. Build first: npm run build.
import path from 'node:path';
import { correctTexts, judgePlace, readLines, root, splitOptions } from '../remarks/product.mjs';

const { own, passed } = splitOptions(
  process.argv.slice(2).filter((argument) => argument !== '--list'),
  ['cli'],
);
const list = process.argv.includes('--list');
const paragraphs = readLines(path.join(root, 'bench/inserted/paragraphs.jsonl'));
const right = readLines(path.join(root, 'bench/inserted/right.jsonl'));

/** The paragraph with its errors, and where each one stands in it. */
function withErrors({ text, errors }) {
  let output = '';
  let position = 0;
  const places = errors.map((error) => {
    output += text.slice(position, error.index);
    const start = output.length;
    output += error.before;
    position = error.index + error.after.length;
    return { ...error, start, end: output.length };
  });
  return { text: output + text.slice(position), places };
}

const faulty = new Map(paragraphs.map((paragraph) => [`error ${paragraph.id}`, withErrors(paragraph)]));
const clean = new Map(paragraphs.map((paragraph) => [`clean ${paragraph.id}`, paragraph.text]));
const tempting = new Map(right.map((sentence) => [sentence.id, sentence]));
const requests = [
  ...[...faulty].map(([id, { text }]) => ({ id, text })),
  ...[...clean].map(([id, text]) => ({ id, text })),
  ...right.map(({ id, text }) => ({ id, text })),
];

const counts = new Map();
const count = (kind, verdict) => {
  const row = counts.get(kind) ?? { right: 0, wrong: 0, missed: 0 };
  row[verdict]++;
  counts.set(kind, row);
};
const flagged = { clean: 0, elsewhere: 0, tempting: 0 };
const told = [];
const show = (text, { startIndex, endIndex, correction, type, confidence }) =>
  [text.slice(Math.max(0, startIndex - 30), startIndex), `[${text.slice(startIndex, endIndex)} -> ${correction}]`]
    .concat(text.slice(endIndex, endIndex + 30), ` (${type}, ${confidence.toFixed(2)})`)
    .join('');

await correctTexts(
  requests,
  passed,
  ({ id, corrections }) => {
    const errors = faulty.get(id);
    if (errors) {
      for (const place of errors.places) {
        const { verdict, got } = judgePlace(errors.text, { ...place, accepted: [place.after] }, corrections);
        count(place.kind, verdict);
        const context = errors.text.slice(Math.max(0, place.start - 30), place.end + 25);
        if (verdict !== 'right') told.push(`${verdict}  ${place.kind}: ${context}${got && ` => ${got}`}`);
      }
      const near = ({ startIndex, endIndex }) =>
        errors.places.some(({ start, end }) => startIndex <= end + 1 && endIndex >= start - 1);
      for (const correction of corrections.filter((other) => !near(other))) {
        flagged.elsewhere++;
        told.push(`elsewhere  ${show(errors.text, correction)}`);
      }
      return;
    }
    const text = clean.get(id) ?? tempting.get(id).text;
    if (corrections.length > 0) flagged[clean.has(id) ? 'clean' : 'tempting']++;
    for (const correction of corrections) told.push(`flagged  ${id}: ${show(text, correction)}`);
  },
  own.cli,
);

console.log('| kind | errors | fixed right | found, fixed wrong | missed |\n|---|---|---|---|---|');
const all = { right: 0, wrong: 0, missed: 0 };
for (const [kind, row] of [...counts].sort()) {
  for (const verdict of Object.keys(all)) all[verdict] += row[verdict];
  console.log(`| ${kind} | ${row.right + row.wrong + row.missed} | ${row.right} | ${row.wrong} | ${row.missed} |`);
}
const total = all.right + all.wrong + all.missed;
console.log(
  `| **all** | ${total} | ${all.right} (${((100 * all.right) / total).toFixed(1)} %) | ${all.wrong} | ${all.missed} |`,
);
console.log(
  `\nFlagged though right: ${flagged.tempting} of ${right.length} tempting sentences, ` +
    `${flagged.clean} of ${paragraphs.length} clean paragraphs; ${flagged.elsewhere} remarks beside the errors.`,
);
if (list) console.log(`\n${told.sort().join('\n')}`);
