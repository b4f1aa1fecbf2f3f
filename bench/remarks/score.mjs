// What people would say of a model's remarks on text like a user's:
// node bench/remarks/score.mjs --texts FOLDER [options] [options of nar-text correct]
//   --texts FOLDER     the texts of index.jsonl (texts.mjs fetches them)
//   --files N          only the first N files of index.jsonl, which are in random order
//   --half fit|held    only one half
//   --answers FILE     keep the product's answers there and read them from there the next time
//   --least P          leave out remarks under this confidence (over answers kept at a low --threshold)
//   --unjudged FILE    write the remarks that nobody has judged there, as rows of remarks.jsonl without a mark
//   --system NAME      what these rows say of who made the remark
//   --errors           instead: which of the errors of errors.jsonl (all that a reader found in six files) were found;
//                      with --list each that was not
//   --sweep            right / (right + wrong) of the fit half at many thresholds; the held half is left out on purpose
// --model DIR, --level NAME and --threshold P go to the product. Build first: npm run build. README.md: the marks.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canonical, correctTexts, judgePlace, readLines, root, splitOptions } from './product.mjs';
import { readTexts } from './texts.mjs';

const flags = ['--sweep', '--errors', '--list'].filter((flag) => process.argv.includes(flag));
const argv = process.argv.slice(2).filter((argument) => !flags.includes(argument));
const { own, passed } = splitOptions(argv, ['texts', 'files', 'half', 'answers', 'least', 'unjudged', 'system', 'cli']);
if (!own.texts) {
  console.error(
    '--texts FOLDER is needed: the texts of bench/remarks/index.jsonl (node bench/remarks/texts.mjs brings them).',
  );
  process.exit(2);
}
const errors = flags.includes('--errors') ? readLines(path.join(root, 'bench/remarks/errors.jsonl')) : [];
const read = new Set(errors.map((error) => `${error.repo}/${error.path}`));
const files = readTexts(own.texts)
  .slice(0, Number(own.files ?? Infinity))
  .filter(({ id, half }) => (!own.half || half === own.half) && (errors.length === 0 || read.has(id)));

/** Answers are kept one by one while the product runs, so that a run that was cut off goes on where it ended. */
async function answersFor(texts) {
  const known = new Map();
  if (own.answers && existsSync(own.answers))
    for (const { id, corrections } of readLines(own.answers)) known.set(id, corrections);
  const missing = texts.filter(({ id }) => !known.has(id));
  if (missing.length > 0) {
    await correctTexts(
      missing,
      passed,
      ({ id, corrections }) => {
        known.set(id, corrections);
        if (own.answers) appendFileSync(own.answers, `${JSON.stringify({ id, corrections })}\n`);
      },
      own.cli,
    );
  }
  return known;
}

const key = (id, text, edit) => {
  const { start, deleted, inserted } = canonical(text, edit);
  return JSON.stringify([id, start, deleted, inserted]);
};
const texts = new Map(files.map((file) => [file.id, file]));
const judged = new Map();
for (const row of readLines(path.join(root, 'bench/remarks/remarks.jsonl'))) {
  const file = texts.get(`${row.repo}/${row.path}`);
  if (!file) continue;
  judged.set(
    key(file.id, file.text, {
      startIndex: row.offset,
      endIndex: row.offset + row.text.length,
      correction: row.correction,
    }),
    row.mark,
  );
}

const answers = await answersFor(files);
const least = Number(own.least ?? 0);
const remarks = files.flatMap((file) =>
  answers
    .get(file.id)
    .filter(({ confidence }) => confidence >= least)
    .map((remark) => ({
      ...remark,
      file,
      mark: judged.get(key(file.id, file.text, remark)) ?? 'unjudged',
    })),
);

const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
function counted(list) {
  const count = { right: 0, style: 0, wrong: 0, unjudged: 0 };
  for (const { mark } of list) count[mark]++;
  return count;
}

/** Expected calibration error: |confidence − share of right| over ten bins, among remarks that are right or wrong. */
function calibrationError(list) {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, right: 0, size: 0 }));
  const known = list.filter(({ mark }) => mark === 'right' || mark === 'wrong');
  for (const { confidence, mark } of known) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    bin.confidence += confidence;
    bin.right += mark === 'right' ? 1 : 0;
    bin.size++;
  }
  return known.length === 0
    ? NaN
    : bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / known.length;
}

const wordsOf = (list) => list.reduce((sum, { words }) => sum + words, 0);
function row(name, list, words) {
  const { right, style, wrong, unjudged } = counted(list);
  const per = ((1000 * list.length) / words).toFixed(2);
  const error = calibrationError(list);
  const shares = `${percent(right, right + wrong)} | ${Number.isNaN(error) ? '–' : error.toFixed(3)}`;
  return `| ${name} | ${list.length} | ${per} | ${right} | ${style} | ${wrong} | ${unjudged} | ${shares} |`;
}
const header =
  '| | remarks | in 1,000 words | right | style | wrong | unjudged | right / (right + wrong) | calibration error |\n' +
  '|---|---|---|---|---|---|---|---|---|';

/** Of the errors that a reader found: how many were mended, by kind. */
function tellErrors() {
  const counts = new Map();
  const told = [];
  for (const error of errors) {
    const file = texts.get(`${error.repo}/${error.path}`);
    if (!file) continue;
    const place = { start: error.offset, end: error.offset + error.text.length, accepted: error.corrections };
    const shown = remarks
      .filter((remark) => remark.file === file)
      .sort((left, right) => left.startIndex - right.startIndex);
    const { verdict, got } = judgePlace(file.text, place, shown);
    const count = counts.get(error.kind) ?? { right: 0, wrong: 0, missed: 0 };
    count[verdict]++;
    counts.set(error.kind, count);
    if (verdict === 'right') continue;
    const wrong = `${error.before}[${error.text} -> ${error.corrections[0]}]${error.after}`.replace(/\s+/g, ' ');
    told.push(`${verdict}  ${error.kind}: ${wrong} ${got && `=> ${got}`}`);
  }
  console.log('| kind | errors | mended | something else said | missed |\n|---|---|---|---|---|');
  const all = { right: 0, wrong: 0, missed: 0 };
  for (const [kind, count] of [...counts].sort()) {
    for (const verdict of Object.keys(all)) all[verdict] += count[verdict];
    console.log(
      `| ${kind} | ${count.right + count.wrong + count.missed} | ${count.right} | ${count.wrong} | ${count.missed} |`,
    );
  }
  console.log(`| **all** | ${all.right + all.wrong + all.missed} | ${all.right} | ${all.wrong} | ${all.missed} |`);
  if (flags.includes('--list')) console.log(`\n${told.sort().join('\n')}`);
}

if (errors.length > 0) tellErrors();
else if (flags.includes('--sweep')) {
  const fit = remarks.filter(({ file }) => file.half === 'fit');
  const words = wordsOf(files.filter(({ half }) => half === 'fit'));
  console.log(header);
  for (let threshold = 0.3; threshold < 0.99; threshold += 0.05) {
    console.log(
      row(
        `fit ≥ ${threshold.toFixed(2)}`,
        fit.filter(({ confidence }) => confidence >= threshold),
        words,
      ),
    );
  }
} else {
  const repositories = new Set(files.map(({ repo }) => repo)).size;
  console.log(`${files.length} files of ${repositories} repositories, ${wordsOf(files)} words\n\n${header}`);
  for (const half of ['fit', 'held']) {
    const members = files.filter((file) => file.half === half);
    if (members.length > 0)
      console.log(
        row(
          half,
          remarks.filter(({ file }) => file.half === half),
          wordsOf(members),
        ),
      );
  }
  for (const kind of [...new Set(remarks.map(({ type }) => type))].sort()) {
    console.log(
      row(
        kind,
        remarks.filter(({ type }) => type === kind),
        wordsOf(files),
      ),
    );
  }
}

if (own.unjudged) {
  rmSync(own.unjudged, { force: true });
  const rows = remarks
    .filter(({ mark }) => mark === 'unjudged')
    .map(({ file, startIndex, endIndex, correction, type, confidence }) => ({
      repo: file.repo,
      commit: file.commit,
      path: file.path,
      offset: startIndex,
      before: file.text.slice(Math.max(0, startIndex - 60), startIndex),
      text: file.text.slice(startIndex, endIndex),
      correction,
      after: file.text.slice(endIndex, endIndex + 60),
      kind: type,
      confidence: Math.round(confidence * 1000) / 1000,
      system: own.system ?? JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
      half: file.half,
      mark: '',
    }));
  writeFileSync(own.unjudged, rows.map((value) => `${JSON.stringify(value)}\n`).join(''));
  console.log(
    `\n${rows.length} unjudged remarks are in ${own.unjudged}. Set "mark" and append them to bench/remarks/remarks.jsonl.`,
  );
}
