import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { efforts } from '../../../src/protocol/effort';
import { defaultSettings } from '../../../src/protocol/settings';
import { formatOf } from '../../../src/server/documents';
import { checkedText } from '../../../src/text/commit-message';
import { readSettings } from '../../../src/server/settings';

describe('readSettings', () => {
  it('gives the defaults for nothing', () => {
    for (const value of [undefined, null, {}, [], 'x', { correct: null, model: 3 }]) expect(readSettings(value)).toEqual(defaultSettings);
  });
  it('takes right values and leaves wrong ones alone', () => {
    const settings = readSettings({
      enable: false, correct: { delay: -5, confidence: 0.4, ignoredTypes: ['article', 'nonsense', 3], decoder: 'edit-tags', passes: 'many' },
      dictionary: ['Kubernetes', 7], model: { path: '/m', dtype: '' }, device: 'tpu', threads: 2.4,
    });
    expect(settings).toMatchObject({
      enable: false, correct: { delay: 0, confidence: 0.4, ignoredTypes: ['article'], decoder: 'edit-tags', passes: defaultSettings.correct.passes, asYouType: true },
      dictionary: ['Kubernetes'], model: { path: '/m', dtype: 'auto' }, device: 'auto', threads: 2,
    });
  });
  it('takes decoder and passes from the effort where they say nothing', () => {
    const { correct, paraphrase } = readSettings({ effort: 'fast', correct: { decoder: 'auto', passes: null }, paraphrase: { passes: 3 } });
    expect(correct).toMatchObject(efforts.fast.correct);
    expect(paraphrase).toMatchObject({ decoder: efforts.fast.paraphrase.decoder, passes: 3 });
    expect(readSettings({ effort: 'enormous' }).effort).toBe('balanced');
  });
  it('gives whole settings for anything at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const settings = readSettings(value);
      expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
      expect(readSettings(settings)).toEqual(settings);
    }));
  });
  it('agrees with package.json where that declares a default', () => {
    const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as { contributes?: { configuration?: unknown } };
    const sections = [manifest.contributes?.configuration ?? []].flat() as { properties: Record<string, { default?: unknown }> }[];
    const declared = sections.flatMap((section) => Object.entries(section.properties));
    for (const [name, { default: value }] of declared) {
      const found = name.split('.').slice(1).reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], defaultSettings);
      // What "effort" decides has no default of its own.
      if (/\.(?:decoder|passes)$/.test(name)) expect([name, value]).toEqual([name, name.endsWith('.passes') ? null : 'auto']);
      else expect({ [name]: value }).toEqual({ [name]: found });
    }
  });
});

describe('documents', () => {
  it('checks prose only', () => {
    expect(['markdown', 'plaintext', 'git-commit', 'scminput', 'mdx'].map(formatOf)).toEqual(['markdown', 'plain', 'plain', 'plain', 'markdown']);
    expect(['typescript', 'json', 'constructor', '__proto__'].map(formatOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
  it("leaves out Git's own lines without moving anything", () => {
    const text = 'Fix teh parser\r\n\r\n# Please enter teh message\r\n# On branch main\r\nBody\r\n# ------------------------ >8 ------------------------\r\ndiff --git teh\r\n';
    const checked = checkedText(text, 'git-commit');
    expect(checked).toHaveLength(text.length);
    expect(checked.trim().split(/\s+/)).toEqual(['Fix', 'teh', 'parser', 'Body']);
    expect(checked.indexOf('Body')).toBe(text.indexOf('Body'));
    expect(checkedText(text, 'plaintext')).toBe(text);
  });
});
