/** package.json against the code: defaults, texts, commands, restricted settings. */
import { decoderNames } from '../../../src/protocol/decoders';
import { correctionTypes } from '../../../src/protocol/tasks';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoderOptionNames, decoderOptions, readersOf } from '../../../src/protocol/decoder-options';
import { clientCommands } from '../../../src/protocol/requests';
import { defaultSettings } from '../../../src/protocol/settings';

const root = join(__dirname, '..', '..', '..');
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText);
const texts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
interface OptionSchema {
  type: string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  markdownDescription: string;
}
const properties: Record<
  string,
  {
    type: string | string[];
    default: unknown;
    properties?: Record<string, OptionSchema>;
    additionalProperties?: boolean;
    enum?: string[];
    markdownEnumDescriptions?: string[];
    items?: { enum?: string[] };
    minimum?: number;
    maximum?: number;
  }
> = manifest.contributes.configuration.properties;

function flatten(value: object, prefix: string): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.keys(inner).length > 0
      ? flatten(inner, `${prefix}.${key}`)
      : [[`${prefix}.${key}`, inner]],
  );
}

describe('settings in package.json', () => {
  it('are those of defaultSettings with the same defaults, no more and no fewer', () => {
    const byEffort = /\.(?:decoder|passes)$/; // "effort" decides; settings.test.ts looks at them
    const own = (entries: [string, unknown][]): object =>
      Object.fromEntries(entries.map(([key, value]) => [key, byEffort.test(key) ? 'by effort' : value]));
    expect(own(Object.entries(properties).map(([key, schema]) => [key, schema.default]))).toEqual(
      own(flatten(defaultSettings, 'narTextTools')),
    );
  });

  it('offer every decoder and every kind of error', () => {
    expect(properties['narTextTools.correct.decoder']!.enum).toEqual(['auto', ...decoderNames]);
    expect(properties['narTextTools.paraphrase.decoder']!.enum).toEqual(['auto', ...decoderNames]);
    expect(properties['narTextTools.summarize.decoder']!.enum).toEqual(['auto', ...decoderNames]);
    expect(properties['narTextTools.correct.ignoredTypes']!.items!.enum).toEqual([...correctionTypes]);
  });

  it.each(['correct', 'paraphrase'])('hold every decoder option of the table, with its bounds: %s.options', (task) => {
    const { type, additionalProperties, properties: schemas } = properties[`narTextTools.${task}.options`]!;
    expect({ type, additionalProperties }).toEqual({ type: 'object', additionalProperties: false });
    expect(schemas).toEqual(
      Object.fromEntries(
        decoderOptionNames.map((name) => {
          const option = decoderOptions[name];
          const kind =
            option.kind === 'number'
              ? { type: option.whole ? 'integer' : 'number', minimum: option.least, maximum: option.most }
              : option.kind === 'flag'
                ? { type: 'boolean' }
                : { type: 'string', enum: [...option.choices] };
          return [name, { ...kind, markdownDescription: `%setting.option.${name}%` }];
        }),
      ),
    );
  });

  it('describe decoder options as the table does, with the decoders that read them', () => {
    const described = decoderOptionNames.map((name) => [name, texts[`setting.option.${name}`]]);
    expect(described).toEqual(
      decoderOptionNames.map((name) => [
        name,
        `${decoderOptions[name].about}. For ${readersOf(name)
          .map((decoder) => `\`${decoder}\``)
          .join(', ')}.`,
      ]),
    );
  });

  it('are whole numbers where only these mean anything', () => {
    for (const name of [
      'correct.delay',
      'correct.passes',
      'paraphrase.passes',
      'paraphrase.candidates',
      'summarize.passes',
      'threads',
    ]) {
      expect([properties[`narTextTools.${name}`]!.type].flat(), name).toContain('integer');
    }
  });

  it('describe each value of an enumeration', () => {
    for (const [name, schema] of Object.entries(properties)) {
      if (schema.enum) expect(schema.markdownEnumDescriptions, name).toHaveLength(schema.enum.length);
      if (schema.minimum !== undefined && typeof schema.default === 'number')
        expect(schema.default, name).toBeGreaterThanOrEqual(schema.minimum);
      if (schema.maximum !== undefined && typeof schema.default === 'number')
        expect(schema.default, name).toBeLessThanOrEqual(schema.maximum);
    }
  });

  it('that choose what is executed or where are restricted in untrusted workspaces', () => {
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(restricted).toEqual(
      expect.arrayContaining(['narTextTools.model.path', 'narTextTools.model.dtype', 'narTextTools.device']),
    );
    for (const name of restricted) expect(properties).toHaveProperty([name]);
  });
});

describe('texts of package.json', () => {
  it('are all in package.nls.json, and nothing else is', () => {
    const used = [...new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!))].sort();
    expect(Object.keys(texts).sort()).toEqual(used);
  });
});

describe('commands', () => {
  const contributed: string[] = manifest.contributes.commands.map((entry: { command: string }) => entry.command);

  it('that a key, a menu or the walkthrough names are contributed', () => {
    const { menus, keybindings, walkthroughs } = manifest.contributes;
    const named = [...Object.values(menus as Record<string, { command?: string }[]>).flat(), ...keybindings].flatMap(
      ({ command }: { command?: string }) => command ?? [],
    );
    const linked = walkthroughs.flatMap(({ steps }: { steps: { description: string }[] }) =>
      steps.flatMap(({ description }) =>
        [...texts[description.replaceAll('%', '')]!.matchAll(/command:([\w.]+)/g)].map((match) => match[1]!),
      ),
    );
    expect([...named, ...linked].filter((command) => !contributed.includes(command))).toEqual([]);
    expect(Object.values(clientCommands).filter((command) => !contributed.includes(command))).toEqual([]);
  });

  it('are registered somewhere in the extension', () => {
    const folder = join(root, 'src', 'extension');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const viaName = new Set<string>(Object.values(clientCommands));
    expect(contributed.filter((command) => !source.includes(`'${command}'`) && !viaName.has(command))).toEqual([]);
  });

  it('have one category and no two keys', () => {
    for (const { category } of manifest.contributes.commands) expect(category).toBe('NAR Text Tools');
    const keys = manifest.contributes.keybindings.map(
      ({ key, when }: { key: string; when: string }) => `${key} ${when}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are none that AltGr types: Ctrl+Alt with a letter is a character on many keyboards', () => {
    for (const { key } of manifest.contributes.keybindings) expect(key).not.toMatch(/ctrl\+alt\+\w$/);
  });
});

describe('files that package.json names', () => {
  it('exist, and the icon has 128 pixels', () => {
    const files = [
      manifest.icon,
      ...manifest.contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { markdown: string } }[] }) =>
        steps.map(({ media }) => media.markdown),
      ),
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
    const icon = readFileSync(join(root, manifest.icon));
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
  });
});
