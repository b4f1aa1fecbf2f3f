/** Two tables tell the forms of verbs: one that both languages read, and one that was counted. They say the same. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KnownWords } from '../../../src/english/prior/known-words';
import verbs from '../../../src/english/prior/verbs.json';
import { participleOf } from '../../../src/english/prior/verb-forms';
import {
  continuousOf,
  isBaseForm,
  participleOfBase,
  pastOfBase,
  verbsWithForms,
} from '../../../src/english/prior/word-classes';
import synonyms from '../../../src/english/rewrite/synonyms.json';

const listed = [...Object.keys(verbs.irregular), ...verbs.doubling, ...verbs.regular];
/** "wrap" -> "wrapped": the last letter twice. */
const isDoubled = (base: string, form: string, ending: string): boolean => form === base + base.at(-1)! + ending;

describe('forms of verbs', () => {
  it('are the same in both tables', () => {
    // Two spellings are right, one of each dialect.
    const other = listed.filter(
      (base) => isBaseForm(base) && base !== 'cancel' && participleOf(base) !== participleOfBase(base),
    );
    expect(other).toEqual([]);
    expect(listed.filter(isBaseForm).length).toBeGreaterThan(300);
  });

  it('double a letter in both forms or in none', () => {
    const halved = [...verbsWithForms]
      .filter(([base, [past, , continuous]]) => /ed$/.test(past!) && continuous !== undefined && base !== past)
      .filter(([base, [past, , continuous]]) => isDoubled(base, past!, 'ed') !== isDoubled(base, continuous!, 'ing'));
    expect(halved.map(([base]) => base)).toEqual([]);
    expect(['wrap', 'embed', 'plug', 'open', 'write'].map(continuousOf)).toEqual([
      'wrapping',
      'embedding',
      'plugging',
      'opening',
      'writing',
    ]);
  });

  it('double the last letter of a short verb with a short vowel', () => {
    const short = [...new Set([...listed, ...verbsWithForms.keys()])].filter((base) =>
      /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(base),
    );
    const single = short.filter(
      (base) => [participleOf(base), participleOfBase(base)].includes(`${base}ed`) && isBaseForm(base),
    );
    expect(single).toEqual([]);
  });

  it('of words that may stand for another are words', () => {
    const lexicon = (name: string): string =>
      readFileSync(path.join(__dirname, '../../../models/lexicon', name), 'utf8');
    const common = new Set(Array.from(lexicon('words.tsv').matchAll(/^[^\t]+/gm), ([word]) => word.toLowerCase()));
    const rare = new KnownWords(lexicon('known-words.txt'));
    const bases = Object.entries(synonyms.verbs).flatMap(([verb, others]) => [verb, ...others]);
    const forms = bases.flatMap((verb) => {
      const base = verb.split(' ')[0]!;
      return [continuousOf(base), pastOfBase(base), participleOfBase(base)];
    });
    expect(forms.filter((form) => !common.has(form) && !rare.has(form))).toEqual([]);
  });
});
