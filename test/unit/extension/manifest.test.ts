/** package.json against the code: defaults, texts, commands, restricted settings. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientCommands } from '../../../src/protocol/language-server';
import { defaultSettings } from '../../../src/protocol/settings';

const root = join(__dirname, '..', '..', '..');
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText);
const texts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const properties: Record<
  string,
  {
    type: string | string[];
    default: unknown;
    enum?: string[];
    markdownEnumDescriptions?: string[];
    items?: { enum?: string[] };
    minimum?: number;
    maximum?: number;
  }
> = Object.assign({}, ...manifest.contributes.configuration.map((group: { properties: object }) => group.properties));

function flatten(value: object, prefix: string): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.keys(inner).length > 0
      ? flatten(inner, `${prefix}.${key}`)
      : [[`${prefix}.${key}`, inner]],
  );
}

describe('settings in package.json', () => {
  it('are those of defaultSettings with the same defaults, no more and no fewer', () => {
    // What "effort" and "experimental" decide, and what is kept for one document, has no setting of its own.
    const decided = /\.(?:correct|paraphrase|summarize)\.(?:decoder|passes|options)$|\.ignoredRemarks$/;
    const settings = flatten(defaultSettings, 'narTextTools').filter(([key]) => !decided.test(key));
    expect(Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, schema.default]))).toEqual(
      Object.fromEntries(settings),
    );
  });

  it('stand in groups, each with a title and an order of its own', () => {
    const groups: { title: string; properties: Record<string, { order: number }> }[] =
      manifest.contributes.configuration;
    expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
    for (const { title, properties: members } of groups)
      expect(
        Object.values(members).map(({ order }) => order),
        title,
      ).toEqual(Object.keys(members).map((_, index) => index + 1));
  });

  it('speak to writers: words of the field stand under Advanced only, and no text sends to a file that is not shipped', () => {
    const groups: { title: string; properties: object }[] = manifest.contributes.configuration;
    const advanced = groups.find(({ title }) => title === '%group.advanced%')!.properties;
    for (const [key, text] of Object.entries(texts).filter(([each]) => each.startsWith('setting.'))) {
      expect(text, key).not.toMatch(/SARI|F0\.5|\bdocs\/|\.md\b|logit|calibrat/i);
      const isAdvanced = Object.keys(advanced).some((name) =>
        key.startsWith(name.replace('narTextTools.', 'setting.')),
      );
      if (!isAdvanced) expect(text, key).not.toMatch(/decoder|token|threshold|\bmodel\b/i);
    }
  });

  it('are whole numbers where only these mean anything', () => {
    for (const name of ['correct.delay', 'paraphrase.candidates', 'threads']) {
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

  it('are found by name in the palette where they mean something, or have a key of at most three strokes', () => {
    const { menus, keybindings } = manifest.contributes;
    const hidden = menus.commandPalette.filter(({ when }: { when: string }) => when === 'false');
    for (const { command } of hidden) {
      const keys = keybindings.filter((each: { command: string }) => each.command === command);
      expect(keys.length, command).toBeGreaterThan(0);
      for (const { key } of keys) expect(key.split(' ').length, command).toBeLessThanOrEqual(3);
    }
  });

  it('that `enablement` hides from the palette stand in no menu that would show them grey', () => {
    const { menus, commands } = manifest.contributes;
    const enabled = commands.filter(({ enablement }: { enablement?: string }) => enablement !== undefined);
    const entries = Object.values(menus as Record<string, { command?: string; when?: string }[]>).flat();
    expect(enabled.length).toBeGreaterThan(0);
    for (const { command, enablement } of enabled as { command: string; enablement: string }[]) {
      // A menu of a view is seen with its view; any other entry must ask for the same.
      const view = /^view\.(.+)\.visible$/.exec(enablement)?.[1];
      const condition = view === undefined ? enablement : `view == ${view}`;
      for (const { when } of entries.filter((entry) => entry.command === command))
        expect(when, command).toContain(condition);
    }
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

  it('leave Tab to what VS Code suggests, to snippets and to who moves the focus with it', () => {
    const tabs = manifest.contributes.keybindings.filter(({ key }: { key: string }) => key === 'tab');
    expect(tabs.length).toBeGreaterThan(1);
    for (const { when } of tabs)
      expect(when.split(' && ')).toEqual(
        expect.arrayContaining([
          'editorTextFocus',
          '(!suggestWidgetVisible || !suggestWidgetHasFocusedSuggestion)',
          '!inlineSuggestionVisible',
          '!inSnippetMode',
          '!editorTabMovesFocus',
        ]),
      );
  });
});

describe('the walkthrough', () => {
  it('ticks a step by what was done, which some code tells', () => {
    const code = readFileSync(join(root, 'src/extension/shell/first-steps.ts'), 'utf8');
    for (const { steps } of manifest.contributes.walkthroughs as { steps: { completionEvents: string[] }[] }[]) {
      const events = steps.flatMap(({ completionEvents }) => completionEvents);
      expect(new Set(events).size).toBe(steps.length);
      for (const event of events) {
        const [, step] = /^onContext:narTextTools\.done\.(\w+)$/.exec(event) ?? [];
        expect(code).toContain(`'${step}'`);
      }
    }
  });
});

describe('files that package.json names', () => {
  it('exist, and the icon has 128 pixels', () => {
    const files = [
      manifest.icon,
      ...manifest.contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { svg: string } }[] }) =>
        steps.map(({ media }) => media.svg),
      ),
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
    const icon = readFileSync(join(root, manifest.icon));
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
  });
});
