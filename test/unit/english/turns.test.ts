import { describe, expect, it } from 'vitest';
import { moveCondition } from '../../../src/english/rewrite/condition';
import { turnedAround } from '../../../src/english/rewrite/turns';
import { turned } from '../../../src/english/rewrite/voice';

describe('a sentence begun with another of its parts', () => {
  it.each([
    ['Increasing this value might affect the speed.', 'If you increase this value, this might affect the speed.'],
    ['Links are configured with a `name`.', 'You configure links with a `name`.'],
    [
      'The creation of a volume will not be touched in this guide.',
      'This guide does not touch the creation of a volume.',
    ],
    ['The `html!` macro lets you write it.', 'With the `html!` macro, you can write it.'],
    ['With the tool, you can read the log.', 'The tool lets you read the log.'],
    ['We use Prettier for code formatting.', 'For code formatting, we use Prettier.'],
    ['The socket logic is in `src/socket.js`.', 'You can find the socket logic in `src/socket.js`.'],
    ['The support is incomplete before Linux 6.7.', 'Before Linux 6.7, the support is incomplete.'],
    ['It is used by Spotify for the page.', 'Spotify uses it for the page.'],
    ['All commands are run from the `client` folder.', 'Run all commands from the `client` folder.'],
    ['This section was moved to the [guide][1].', 'This section is now in the [guide][1].'],
    ['It will not see the change.', 'It does not see the change.'],
    ['They will not be stopped.', 'They are not stopped.'],
    ['You may need to press a key.', 'You might have to press a key.'],
    ["That's why we offer it.", 'This is why we offer it.'],
    ['As the list is long, it takes a while.', 'Because the list is long, it takes a while.'],
    ['If it fails, you can use the log.', 'If it fails, use the log.'],
  ])('%s', (view, other) => {
    expect(turnedAround(view)).toContain(other);
  });

  it.each([
    'Increasing speed that matters may cost more and more.',
    'Users are configured automatically.',
    'Links are drawn with a pen.',
    'This lets you write it.',
    'We use it.',
    'The server will not see it until the next release.',
    'As you type, the list changes.',
    'The file was moved to trash.',
    'It is used by people for fun.',
  ])('keeps %s', (view) => {
    expect(turnedAround(view)).toEqual([]);
  });
});

describe('turns that would break a sentence', () => {
  it('no verb for another noun, no half of two participles', () => {
    expect(turned('Settings such as the theme will also be reset.')).toEqual([]);
    expect(turned('The plugins can be built from source and manually added to it.')).toEqual([]);
    expect(turned('The plugins can be built from source.')).toContain('You can build the plugins from source.');
  });

  it('a condition stays behind what has no verb', () => {
    expect(moveCondition('The time in milliseconds when the token of the user expires.')).toBeUndefined();
    expect(moveCondition('The server stops its work when the token of the user expires.')).toBe(
      'When the token of the user expires, the server stops its work.',
    );
  });
});
