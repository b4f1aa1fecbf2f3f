import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isHostMessage, isPanelMessage, isSavedPanel, type HostMessage } from '../../../src/protocol/panel';
import { leadingSentences, locateUnchanged, longestTrace } from '../../../src/extension/visualizer/visualizer-origin';
import { proseSentences } from '../../../src/text/prose';
import { carryOver } from '../../../src/extension/visualizer/visualizer-output';
import { initialState } from '../../../src/webview/logic/state';
import { reduce, save } from '../../../src/webview/logic/reduce';
import { trace } from './tokens';

const request = { text: 'a', task: 'fix', format: 'plain', decoder: 'mist', options: {} };

const origin = { uri: 'file:///a.md', start: 3, end: 4, text: 'a', label: 'a.md, line 1' };
const asked = { text: 'a', task: 'fix', format: 'plain', decoder: 'mist', options: {} } as const;
/** One of every type, by the compiler's own account. */
const everyMessage: { [Type in HostMessage['type']]: Extract<HostMessage, { type: Type }> } = {
  init: { type: 'init', run: false },
  decoders: { type: 'decoders', decoders: ['levenshtein', 'mist'] },
  runStarted: { type: 'runStarted', runId: 'r', request: asked },
  steps: { type: 'steps', runId: 'r', steps: [] },
  runFinished: { type: 'runFinished', runId: 'r', trace: trace() },
  runFailed: { type: 'runFailed', runId: 'r', message: 'x', cancelled: false },
  imported: { type: 'imported', name: 'a.json', json: '{}' },
  applied: { type: 'applied', origin },
  sideRun: { type: 'sideRun', key: 'k', request: asked, failure: 'x' },
  notice: { type: 'notice', level: 'information', message: 'x' },
};

describe('messages', () => {
  it.each(Object.values(everyMessage))('lets the host\'s "$type" through', (message) => {
    expect(isHostMessage(message)).toBe(true);
    expect(() => reduce(initialState, message)).not.toThrow();
  });
  it('knows no inherited type', () => {
    for (const type of ['toString', 'constructor', '__proto__']) expect(isHostMessage({ type })).toBe(false);
  });
  it('offers the decoders that the host named', () => {
    expect(reduce(initialState, everyMessage.decoders).decoders).toEqual(['levenshtein', 'mist']);
  });
  it('accepts what the panel sends and refuses the rest', () => {
    expect(isPanelMessage({ type: 'run', request })).toBe(true);
    expect(isPanelMessage({ type: 'ready', restored: false })).toBe(true);
    expect(
      isPanelMessage({ type: 'substitute', request, substitution: { step: 0, position: 1, id: 5, text: 'x' } }),
    ).toBe(true);
    expect(isPanelMessage({ type: 'run', request: { ...request, decoder: 'other' } })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, options: null } })).toBe(false);
    expect(isPanelMessage({ type: 'apply', text: 'a' })).toBe(false);
    expect(isPanelMessage({ type: 'apply', text: 'a', sourceText: 'b' })).toBe(true);
    expect(isPanelMessage({ type: 'delete everything' })).toBe(false);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isPanelMessage(value)).toBe(false);
        expect(isHostMessage(value)).toBe(false);
      }),
    );
  });
  it('lets the host find the place in the document in what the page saved', () => {
    const origin = { uri: 'file:///a.md', start: 3, end: 4, text: 'a', label: 'a.md, line 1' };
    const state = reduce(initialState, {
      type: 'init',
      request: { ...request, task: 'fix', format: 'plain', decoder: 'mist' },
      origin,
      run: false,
    });
    expect(isSavedPanel(JSON.parse(JSON.stringify(save(state))))).toBe(true);
    expect(isSavedPanel({ version: 1, request, origin: { ...origin, start: 'x' } })).toBe(false);
  });
});

describe('the place in the document', () => {
  it('is found where it was, or where the words moved to when they occur once', () => {
    expect(locateUnchanged('xx abc', 3, 'abc')).toBe(3);
    expect(locateUnchanged('new line\nxx abc', 3, 'abc')).toBe(12);
    expect(locateUnchanged('abc abc', 4, 'abc')).toBe(4);
  });
  it('is refused when the words are gone or could be meant twice', () => {
    expect(locateUnchanged('xx abd', 3, 'abc')).toBeUndefined();
    expect(locateUnchanged('abc abc', 1, 'abc')).toBeUndefined();
    expect(locateUnchanged('abc', 0, '')).toBeUndefined();
  });
  it('takes as many whole sentences as fit, at least one', () => {
    expect(leadingSentences([])).toBeUndefined();
    expect(
      leadingSentences([
        { start: 5, end: 9000 },
        { start: 9000, end: 9001 },
      ]),
    ).toEqual({ start: 5, end: 9000, complete: false });
    expect(
      leadingSentences([
        { start: 0, end: 10 },
        { start: 11, end: longestTrace },
      ]),
    ).toEqual({ start: 0, end: longestTrace, complete: true });
  });
});

describe('the output in the document', () => {
  it('changes the words and keeps the markup', () => {
    expect(
      carryOver(
        'It **work** with [the the docs](a.md).',
        'markdown',
        'It work with the the docs.',
        'It works with the docs.',
      ),
    ).toBe('It **works** with [the docs](a.md).');
    expect(carryOver('It work. They works.', 'plain', 'It work. They works.', 'It works. They work.')).toBe(
      'It works. They work.',
    );
  });
  it('is refused where it would touch code, or where the model read another text', () => {
    expect(carryOver('Run `npm test` now.', 'markdown', 'Run `npm test` now.', 'Run it now.')).toBeUndefined();
    expect(carryOver('Run **it** now.', 'markdown', 'Something else.', 'Something new.')).toBeUndefined();
  });
  it('leaves the text as it is when nothing changed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]+( (\*\*)?[a-z]+){0,6}\.$/), (text) => {
        const view = proseSentences(text, 'markdown')
          .map((sentence) => sentence.text)
          .join(' ');
        expect(carryOver(text, 'markdown', view, view)).toBe(text);
      }),
    );
  });
});
