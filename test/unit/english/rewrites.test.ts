import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveCondition } from '../../../src/english/rewrite/condition';
import { manner, withContractions, writtenOut } from '../../../src/english/rewrite/contractions';
import { rewrites } from '../../../src/english/rewrite/rewrites';

describe('rewrites', () => {
  it.each([
    ['The plugin allows users to read it.', 'simpler', 'The plugin lets users read it.'],
    ['If you want to build the docs, run `make`.', 'simpler', 'To build the docs, run `make`.'],
    ['You have to restart the server.', 'simpler', 'You must restart the server.'],
    ['Please note that the log is large.', 'shorter', 'The log is large.'],
    ['See the following short table.', 'rephrase', 'See this short table.'],
    ['The following options are set:', 'rephrase', 'These options are set:'],
    ['If it fails then the server stops.', 'simpler', 'If it fails, the server stops.'],
    ['A row which is old is dropped.', 'rephrase', 'A row that is old is dropped.'],
    ['The client has to wait.', 'rephrase', 'The client must wait.'],
    ['When the build fails, the log is kept.', 'rephrase', 'The log is kept when the build fails.'],
    ['The log is kept when the build fails.', 'rephrase', 'When the build fails, the log is kept.'],
    ['The log makes use of colours, e.g. red.', 'simpler', 'The log uses colours, for example, red.'],
    ['Note that the log is large.', 'rephrase', 'The log is large.'],
    ['For more information, refer to the guide.', 'rephrase', 'For more information, see the guide.'],
    ['We recommend that you use two accounts.', 'simpler', 'You should use two accounts.'],
    ["It's highly recommended to make a copy.", 'shorter', 'You should make a copy.'],
    ['The hooks are executed after each build.', 'rephrase', 'The hooks run after each build.'],
    ['The example below shows it.', 'rephrase', 'The following example shows it.'],
    ['The tables above show it.', 'rephrase', 'The preceding tables show it.'],
    ['You must not rename the folder.', 'rephrase', 'Do not rename the folder.'],
    ['It is possible for users to share a link.', 'simpler', 'Users can share a link.'],
    ['It is not possible for you to undo it.', 'rephrase', 'You cannot undo it.'],
    ['Save disk space by means of the deletion of old logs.', 'shorter', 'Save disk space by deleting old logs.'],
    ['A tool for the validation of schemas.', 'shorter', 'A tool to validate schemas.'],
    ['The cache is filled in an automatic manner.', 'shorter', 'The cache is filled automatically.'],
    ['It should be noted that the port is closed.', 'shorter', 'The port is closed.'],
    ['This will in turn start the timer.', 'simpler', 'This in turn starts the timer.'],
  ] as const)('%s (%s)', (view, mode, expected) => {
    expect(rewrites(view, mode)).toContain(expected);
  });
  it.each([
    'When it fails, it is kept.',
    'See what happens when the build fails.',
    'The log is kept only if the build fails.',
    'Is the log kept when the build fails?',
    'A row will only be shown when one of the keys is active.',
    'The log (see there) is kept when a, b.',
  ])('does not turn "%s"', (view) => {
    expect(moveCondition(view)).toBeUndefined();
  });
  it.each([
    'You must never share the key.',
    'The policy is very strict.',
    'The plugins require that each entry has a name.',
    'Our tool will pack & sign the archive.',
    'Until that day, the old key works.',
  ])('keeps force, degree and both verbs: "%s"', (view) => {
    expect(rewrites(view, 'rephrase').filter((text) => !/^Never /.test(text))).toEqual([]);
  });
  it('does not take what a thing has for a duty', () => {
    expect(rewrites('These are the features that Rust has to offer.', 'rephrase')).toEqual([]);
  });
  it('"as long as" is a condition only before a clause', () => {
    expect(rewrites('The token is valid as long as you keep the page open.', 'rephrase')).toContain(
      'The token is valid if you keep the page open.',
    );
    expect(rewrites('As long as the page is open, the token is valid.', 'rephrase')).toContain(
      'If the page is open, the token is valid.',
    );
    for (const kept of [
      'The log is at least as long as the index.',
      'It may take as long as you like.',
      'A key is twice as long as it was.',
    ])
      expect(rewrites(kept, 'rephrase')).toEqual([]);
  });
  it('leaves other uses of these words alone', () => {
    for (const kept of [
      'Both names refer to the same file.',
      'The script is executed with care.',
      'Put the code below the table.',
      'The value lies above 3.',
    ])
      expect(rewrites(kept, 'simpler')).toEqual([]);
  });
  it('needs nothing where a rule is made or a wish is asked about', () => {
    expect(rewrites('The plugins require a token.', 'rephrase')).toContain('The plugins need a token.');
    expect(rewrites('It is safe to require a token.', 'rephrase')).toEqual(['Requiring a token is safe.']);
    for (const kept of ['Run it if you need to debug the docs.', 'A majority of the replicas answers.'])
      expect(rewrites(kept, 'rephrase')).toEqual([]);
  });
  it('contracts and writes out, and sees what a text does', () => {
    expect(withContractions('You do not see it.')).toBe("You don't see it.");
    expect(writtenOut("It doesn't work.")).toBe('It does not work.');
    expect(withContractions('There is no log, and there is what you see.')).toBe(
      "There's no log, and there is what you see.",
    );
    expect([withContractions('It works.'), writtenOut('It works.')]).toEqual([undefined, undefined]);
    expect(["It's here, you'll see.", "We don't.", 'We do not.', 'It works.'].map(manner)).toEqual([
      'contracted',
      'contracted',
      'written out',
      undefined,
    ]);
  });
  it('gives texts that differ, for anything at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc
            .array(fc.constantFrom('if', 'when', 'you', 'have to', 'If', 'Note that', 'the', 'log', ',', '.', '('))
            .map((words) => words.join(' ')),
        ),
        fc.constantFrom('rephrase', 'simpler', 'shorter'),
        (view, mode) => {
          const texts = rewrites(view, mode as 'simpler');
          expect(texts).not.toContain(view);
          expect(new Set(texts).size).toBe(texts.length);
        },
      ),
    );
  });
});

describe('nouns that hide a verb', () => {
  it('gives the verb back in its form', () => {
    const texts = rewrites(
      'The service performs the verification of each request, performing the installation of plug-ins.',
      'rephrase',
    );
    expect(texts).toContain('The service verifies each request, installing plug-ins.');
    expect(rewrites('It performed the migration of all tables.', 'simpler')).toContain('It migrated all tables.');
    expect(rewrites('It performs a dance of joy.', 'rephrase')).toEqual([]);
  });
});
