#!/usr/bin/env node
// What package.json, its texts, the schemas and the index of docs/decoders say about decoders, tasks, modes, formats,
// kinds of errors and devices is made from src/protocol: node scripts/manifest.mjs [--write] [--root FOLDER]
// Without --write nothing is changed; stale files are named and the exit code is 1
// (test/unit/repository/manifest.test.ts).
import { build } from 'esbuild';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './library/machine.mjs';
import { Advice, fail } from './library/processes.mjs';
import { publishedFields, readPublishing } from './library/publishing.mjs';

const modules = ['decoders', 'decoder-record', 'effort', 'formats', 'project-file', 'tasks', 'tools', 'trace'];

/** The tables of src/protocol as they are now. */
async function protocol() {
  const { outputFiles } = await build({
    stdin: {
      contents: modules.map((name) => `export * from './${name}';`).join('\n'),
      resolveDir: join(repository, 'src/protocol'),
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Settings that are one of several names, and what each name means; `texts` where package.nls.json says it by hand. */
const enumerations = ({
  correctionKinds,
  deviceTexts,
  dialectTexts,
  effortNames,
  levelTexts,
  paraphraseModes,
  styleTexts,
  summaryLengths,
}) => ({
  effort: { names: effortNames },
  'correct.level': { names: Object.keys(levelTexts), texts: levelTexts },
  'correct.style': { names: Object.keys(styleTexts), texts: styleTexts },
  'correct.dialect': { names: Object.keys(dialectTexts), texts: dialectTexts },
  'correct.ignoredTypes': { names: Object.keys(correctionKinds), texts: correctionKinds },
  'paraphrase.mode': {
    names: Object.keys(paraphraseModes),
    texts: Object.fromEntries(Object.entries(paraphraseModes).map(([name, { about }]) => [name, about])),
  },
  'summarize.length': { names: Object.keys(summaryLengths), texts: summaryLengths },
  device: { names: Object.keys(deviceTexts), texts: deviceTexts },
});

/** `narTextTools.experimental`: one shape for the three tasks. */
const experimental = ({ decoderNames, decoderRecords, efforts }) => ({
  type: 'object',
  default: {},
  markdownDescription: '%setting.experimental%',
  additionalProperties: false,
  patternProperties: {
    [`^(${Object.keys(efforts.balanced).join('|')})$`]: {
      type: 'object',
      additionalProperties: false,
      properties: {
        decoder: { enum: [...decoderNames], enumDescriptions: decoderNames.map((name) => decoderRecords[name].about) },
        passes: { type: 'integer', minimum: 1, maximum: 64 },
        options: { type: 'object' },
      },
    },
  },
  scope: 'resource',
});

/**
 * Where package.json lists the editor's languages: what starts the extension, the clauses of commands, keys and menus,
 * and the length of inlay hints. New words of reviews and rewordings are such hints, and the editor would leave out
 * those behind the first 43 characters of a line, which is a paragraph in most texts. One entry for all of them, since
 * the page of settings shows each, and none for programs, whose comments have short lines.
 */
function withLanguages(text, { formatDescriptions, textFormats, codeFormats }) {
  const languages = textFormats.flatMap((format) => formatDescriptions[format].languages);
  const clause = `editorLangId =~ /^(${languages.join('|')})$/`;
  const manifest = JSON.parse(text.replaceAll(/editorLangId =~ \/\^\([^)]*\)\$\//g, () => clause));
  const others = manifest.activationEvents.filter((event) => !event.startsWith('onLanguage:'));
  const prose = textFormats
    .filter((format) => !codeFormats.includes(format))
    .flatMap((format) => formatDescriptions[format].languages);
  manifest.contributes.configurationDefaults = {
    [prose.map((language) => `[${language}]`).join('')]: { 'editor.inlayHints.maximumLength': 0 },
  };
  manifest.activationEvents = [...languages.map((language) => `onLanguage:${language}`), ...others];
  return manifest;
}

/** Name of a tool where the tools of all extensions stand beside each other. */
const toolId = (name) => `nar_text_${name}`;

const languageModelTools = ({ toolDescriptions, toolNames }) =>
  toolNames.map((name) => ({
    name: toolId(name),
    toolReferenceName: `narText${name[0].toUpperCase()}${name.slice(1)}`,
    displayName: `%tool.${name}%`,
    userDescription: `%tool.${name}.description%`,
    modelDescription: toolDescriptions[name].description,
    canBeReferencedInPrompt: true,
    tags: ['writing', 'nar-text'],
    inputSchema: toolDescriptions[name].inputSchema,
  }));

function packageJson(text, tables) {
  const manifest = withLanguages(text, tables);
  Object.assign(manifest, publishedFields(readPublishing()));
  manifest.contributes.languageModelTools = languageModelTools(tables);
  const properties = Object.assign({}, ...manifest.contributes.configuration.map((group) => group.properties));
  for (const [name, { names }] of Object.entries(enumerations(tables))) {
    const property = properties[`narTextTools.${name}`];
    const listed = property.items ?? property;
    listed.enum = [...names];
    listed.markdownEnumDescriptions = names.map((value) => `%setting.${name}.${value}%`);
  }
  Object.assign(properties['narTextTools.experimental'], experimental(tables));
  return json(manifest);
}

function packageTexts(text, tables) {
  const texts = JSON.parse(text);
  for (const [name, { texts: meant }] of Object.entries(enumerations(tables))) {
    if (!meant) continue;
    const stale = new RegExp(`^setting\\.${name.replace('.', '\\.')}\\.[^.]+$`);
    const kept = Object.entries(texts).filter(([key]) => !stale.test(key));
    const index = kept.findIndex(([key]) => key === `setting.${name}`) + 1;
    kept.splice(index, 0, ...Object.entries(meant).map(([value, about]) => [`setting.${name}.${value}`, about]));
    for (const key of Object.keys(texts)) delete texts[key];
    Object.assign(texts, Object.fromEntries(kept));
  }
  return json(texts);
}

function traceSchema(text, { decoderNames, stepActions, stopReasons, tasks, tokenStates }) {
  const schema = JSON.parse(text);
  const { $defs, properties } = schema;
  properties.task.enum = [...tasks];
  $defs.decoder.enum = [...decoderNames];
  $defs.stop.enum = [...stopReasons];
  $defs.token.properties.state.enum = [...tokenStates];
  $defs.step.properties.action.enum = [...stepActions];
  return json(schema);
}

function correctionsSchema(text, { correctionTypes, textFormats }) {
  const schema = JSON.parse(text);
  schema.$defs.file.properties.format.enum = [...textFormats];
  schema.$defs.correction.allOf[1].properties.type.enum = [...correctionTypes];
  return json(schema);
}

/** What stands between the marks of one of the tables of docs/decoders/README.md. */
const between = (name) =>
  new RegExp(`(<!-- ${name}: made by scripts/manifest.mjs -->\\n)[^]*?(\\n<!-- end of ${name} -->)`);

function decoderPage(text, tables) {
  const made = { decoders: decoderIndex(tables), locks: lockKeepers(tables), drafts: draftTable(tables) };
  return Object.entries(made).reduce((page, [name, table]) => {
    if (!between(name).test(page)) throw new Advice(`docs/decoders/README.md has lost its marks for the table ${name}`);
    return page.replace(between(name), (_, start, end) => `${start}${table}${end}`);
  }, text);
}

const tableOf = (...rows) => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const lockKeepers = ({ decoderNames, decoderRecords }) =>
  `${decoderNames
    .filter((name) => decoderRecords[name].keepsLocks)
    .map((name) => `\`${name}\``)
    .join(', ')}.`;

function draftTable({ decoderNames, decoderRecords, draftUses }) {
  const rows = Object.entries(draftUses).map(([use, stays]) => [
    use,
    decoderNames
      .flatMap((name) => [
        ...(decoderRecords[name].draft === use ? [`\`${name}\``] : []),
        ...(decoderRecords[name].draftOfFix === use ? [`\`${name}\` for the task \`fix\``] : []),
      ])
      .join(', '),
    stays,
  ]);
  return tableOf(['draft', 'decoders', 'what stays'], ['---', '---', '---'], ...rows);
}

function decoderIndex({ decoderNames, decoderRecords }) {
  const rows = decoderNames.map((name) => {
    const { about, cost, paper, use } = decoderRecords[name];
    const page = existsSync(join(repository, 'docs/decoders', `${name}.md`)) ? `[${name}](${name}.md)` : name;
    return [page, use, cost, about, paper];
  });
  const head = ['decoder', 'task', 'passes beyond the encode', 'method', 'paper'];
  return tableOf(
    head,
    head.map(() => '---'),
    ...rows,
  );
}

const files = {
  'package.json': packageJson,
  'package.nls.json': packageTexts,
  'docs/trace.schema.json': traceSchema,
  'schemas/corrections.schema.json': correctionsSchema,
  'schemas/project.schema.json': (_, { projectSchema }) => json(projectSchema),
  'docs/decoders/README.md': decoderPage,
};

async function main() {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, root: { type: 'string' } } });
  const tables = await protocol();
  const stale = Object.entries(files).flatMap(([name, made]) => {
    const path = join(values.root ?? repository, name);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const after = made(before, tables);
    if (before !== after && values.write) writeFileSync(path, after);
    return before === after ? [] : [name];
  });
  if (values.write) console.log(stale.length > 0 ? `Written: ${stale.join(', ')}` : 'Nothing was stale.');
  else if (stale.length > 0) throw new Advice(`Stale: ${stale.join(', ')}. Run node scripts/manifest.mjs --write`);
}

main().catch(fail);
