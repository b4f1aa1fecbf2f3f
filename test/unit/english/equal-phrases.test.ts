import { describe, expect, it } from 'vitest';
import { withEqualPhrases } from '../../../src/english/rewrite/equal-phrases';
import { recast } from '../../../src/english/rewrite/recast';
import { reordered } from '../../../src/english/rewrite/order';
import { moveCondition } from '../../../src/english/rewrite/condition';
import { turned } from '../../../src/english/rewrite/voice';
import { faultOfRewrite } from '../../../src/english/judge/sound-rewrite';

describe('phrases that say the same anywhere', () => {
  it.each([
    ['This is compliant with the norm.', 'This complies with the norm.'],
    ['The flags are related to output.', 'The flags relate to output.'],
    ['Each of the commands has a flag.', 'Each command has a flag.'],
    ['It is easy to add a rule.', 'Adding a rule is easy.'],
    ['Adding a rule is very easy.', 'It is very easy to add a rule.'],
    ['There are several ways to run it.', 'You can run it in several ways.'],
    ['We recommend using the package.', 'We recommend that you use the package.'],
    ['We recommend that you use the package.', 'We recommend using the package.'],
    ['You can find the list in the manual.', 'The list can be found in the manual.'],
    ['The tool will not keep its state.', 'The tool does not keep its state.'],
    ['Bug reports and patches are welcome.', 'We welcome bug reports and patches.'],
    ['In addition to a form, it has a page.', 'Besides a form, it has a page.'],
    ['The server does provide a list.', 'The server provides a list.'],
    ['For installing the package, read the guide.', 'To install the package, read the guide.'],
    ['The cache is kept, which allows you to work offline.', 'The cache is kept, so you can work offline.'],
    ['This form is different from the other.', 'This form differs from the other.'],
    ['Values that contain a dollar sign are read first.', 'Values with a dollar sign are read first.'],
    ['People interested in helping can write.', 'People who want to help can write.'],
    ['Be aware that it takes long.', 'Note that it takes long.'],
    ['They look the same regardless of the editor you use.', 'They look the same no matter which editor you use.'],
  ])('%s', (view, other) => {
    expect(withEqualPhrases(view)).toContain(other);
  });

  it.each([
    'Each of the data has a flag.',
    'You can set the name of the file in the folder.',
    'What does provide a list?',
    'The tool will not be kept.',
    'For testing, it is enough.',
  ])('leaves alone: %s', (view) => {
    expect(withEqualPhrases(view)).toEqual([]);
  });
});

describe('a part in another form', () => {
  it.each([
    ['`fd` is a program to find entries.', '`fd` is a program that finds entries.'],
    ['`fd` is a program to find entries.', '`fd` is a program for finding entries.'],
    ['It is a small tool for managing packages.', 'It is a small tool that manages packages.'],
    ['With this feature enabled, it omits them.', 'When this feature is enabled, it omits them.'],
    ['By contributing your code, you agree to the terms.', 'When you contribute your code, you agree to the terms.'],
    ['It made the implementation simpler.', 'It simplified the implementation.'],
    ['For better readability, it wraps lines.', 'To improve readability, it wraps lines.'],
    ['It has much worse performance than the other.', 'It performs much worse than the other.'],
    ['Extend the theme by setting its parent.', 'To extend the theme, set its parent.'],
    ['Copy the files to it, skipping the others.', 'Copy the files to it and skip the others.'],
    ['To analyze a profile use `trace`.', 'Use `trace` to analyze a profile.'],
    ['More rules can be found in the guide.', 'You can find more rules in the guide.'],
    ['You can check the rules with `lint`.', 'Use `lint` to check the rules.'],
    ['You can check it by opening a shell and reading the name.', 'To check it, open a shell and read the name.'],
    ['The tool supports syncing folders.', 'The tool can sync folders.'],
    ['This makes it easier for everyone to see it.', 'This helps everyone see it.'],
  ])('%s', (view, other) => {
    expect(recast(view)).toContain(other);
  });

  it('leaves alone what has no verb in its aim', () => {
    expect(recast('It is a tool for the command line.')).toEqual([]);
    expect(recast('With care taken, it works.')).toEqual([]);
    expect(recast('Set the size, depending on the disk.')).toEqual([]);
    expect(recast('The tool supports reading and writing of files.')).toEqual([]);
    expect(recast('To use it use `trace`.')).toEqual([]);
    expect(recast('You can change it by hand.')).toEqual([]);
  });
});

describe('order, condition and voice', () => {
  it.each([
    [
      'Our page covers the style, but planned changes are also listed.',
      'Although our page covers the style, planned changes are also listed.',
    ],
    ['While we have no plans for it, the support might end.', 'We have no plans for it, but the support might end.'],
    ['Visit the site for full documentation.', 'For full documentation, visit the site.'],
    ['Plugins are binaries that are available in the path.', 'Plugins are binaries available in the path.'],
    ['See the guide for license details.', 'For license details, see the guide.'],
  ])('%s', (view, other) => {
    expect(reordered(view)).toContain(other);
    expect(faultOfRewrite(view, other)).toBeUndefined();
  });

  it('reads "while" as a time where the clause tells what goes on', () => {
    expect(reordered('While the server is running, the file changes.')).toEqual([]);
  });

  it('begins with a small letter where the first word may be the name of a program', () => {
    expect(moveCondition('If you give no pattern, fd lists all files.')).toBe(
      'fd lists all files if you give no pattern.',
    );
    expect(moveCondition('If you give no pattern, the tool lists all files.')).toMatch(/^The tool/);
  });

  it('knows a subject without an article', () => {
    expect(turned('File paths can be shown as links.')).toContain('You can show file paths as links.');
  });

  it('refuses half of a contraction', () => {
    const source = 'The old warning is not part of the newest release.';
    expect(faultOfRewrite(source, source.replace('is', 'isn'))).toMatch(/contraction/);
  });
});
