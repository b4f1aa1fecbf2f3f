import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepsMeaning } from '../../../src/english/judge/meaning';
import { awkwardText } from '../text/arbitraries';

const ok = (source: string, candidate: string, partial = false): boolean =>
  keepsMeaning(source, candidate, { partial }).ok;

describe('keepsMeaning', () => {
  it.each([
    ['You can use the server in order to send 3 messages.', 'Use the server to send 3 messages.'],
    ['It does not work with `npm`.', "It doesn't work with `npm`."],
    ['There are two ways to build Docker images.', 'You can build Docker images in 2 ways.'],
    ['The limit is 1,000 files.', 'At most 1000 files: that is the limit.'],
  ])('lets through: %s -> %s', (source, candidate) => {
    expect(keepsMeaning(source, candidate)).toEqual({ ok: true, reasons: [] });
  });

  it.each([
    ['Send 3 messages to the server.', 'Send 5 messages to the server.', '“3” is lost'],
    ['Send messages to the server.', 'Send 5 messages to the server.', '“5” is not in the source'],
    ['It does not work on the server.', 'It works on the server.', 'negation was lost'],
    ['It works on the server.', 'It never works on the server.', 'negation was added'],
    ['Run `npm install` on the server.', 'Run the install on the server.', '“`npm install`” is lost'],
    ['Run it on the server.', 'Run `it` on the server.', 'is not in the source'],
    ['See https://a.b/c for the server.', 'See https://a.b/d for the server.', 'https://a.b/c'],
    ['Set fooBar on the server.', 'Set fooBaz on the server.', 'fooBar'],
    ['Start the Docker server.', 'Start the server.', '“Docker” is lost'],
    ['Start the server.', 'Start the Kafka server.', '“Kafka” is not in the source'],
    ['Start the server (now).', 'Start the server (now.', 'no partner'],
    ['Start the server.', 'Bananas grow on trees in gardens.', 'Too many words'],
    ['Start the server.', ' ', 'empty'],
  ])('refuses: %s -> %s', (source, candidate, reason) => {
    const verdict = keepsMeaning(source, candidate);
    expect(verdict.ok).toBe(false);
    expect(verdict.reasons.join(' ')).toContain(reason);
  });

  it.each([
    ['We recommend that you use a separate account.', 'You can use a separate account.', /should do became/],
    ['You must restart the server.', 'You may restart the server.', /should do became/],
    ['You can set a limit.', 'You must set a limit.', /has to do/],
    ['The port is optional.', 'The port is required.', /has to do/],
  ])('a duty is no option: %s -> %s', (source, candidate, reason) => {
    expect(keepsMeaning(source, candidate).reasons.join()).toMatch(reason);
  });

  it.each([
    ['You have to set the port.', 'You must set the port.'],
    ['You must open the file.', 'Open the file.'],
    ['It is possible to set a limit.', 'You can set a limit.'],
    ['If you need to change it, you can edit the file.', 'To change it, you can edit the file.'],
    ['We recommend that you should use a separate account.', 'Use a separate account.'],
  ])('the same force in other words: %s -> %s', (source, candidate) => {
    expect(keepsMeaning(source, candidate)).toEqual({ ok: true, reasons: [] });
  });

  it('lets a summary leave out, not add', () => {
    const source = 'Docker starts 3 servers on Linux with `run`. They do not stop by themselves.';
    expect(ok(source, 'Docker starts servers.', true)).toBe(true);
    expect(ok(source, 'Docker starts servers.')).toBe(false);
    expect(ok(source, 'Docker starts 4 servers.', true)).toBe(false);
    expect(ok(source, 'Podman starts servers.', true)).toBe(true); // the first word may be any word with a capital …
    expect(ok(source, 'The Podman starts servers.', true)).toBe(false); // … a name inside may not
  });

  it('finds no name inside a word with a combining mark', () => {
    expect(keepsMeaning('e\u0301Teh', 'e\u0301Teh')).toEqual({ ok: true, reasons: [] });
  });

  it('knows a name with "\'s" as that name', () => {
    expect(keepsMeaning("- Teh's", "- Teh's").ok).toBe(true);
    expect(keepsMeaning('Use the client of Jenkins’s plugin.', 'Use the client of the Jenkins plugin.').ok).toBe(true);
    expect(keepsMeaning("You can read GitHub's logs.", "You can read GitLab's logs.").ok).toBe(false);
  });
  it('accepts every text as its own paraphrase, and never throws', () => {
    fc.assert(
      fc.property(awkwardText, awkwardText, (left, right) => {
        if (left.trim() !== '') expect(keepsMeaning(left, left)).toEqual({ ok: true, reasons: [] });
        const { ok: fine, reasons } = keepsMeaning(left, right);
        expect(fine).toBe(reasons.length === 0);
      }),
    );
  });
});
