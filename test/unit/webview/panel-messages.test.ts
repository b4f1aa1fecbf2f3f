import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isHostMessage, isPanelMessage, isSavedPanel, type HostMessage } from '../../../src/protocol/panel';
import { leadingSentences, locateUnchanged, longestTrace } from '../../../src/extension/visualizer/visualizer-origin';
import type { TextFormat } from '../../../src/protocol/formats';
import { proseSentences } from '../../../src/text/prose';
import { joinSentences, tracedSentences } from '../../../src/engine/tasks/trace/joined-sentences';
import { carryOver, type TracedText } from '../../../src/extension/visualizer/visualizer-output';
import { initialState } from '../../../src/webview/logic/state';
import { reduce } from '../../../src/webview/logic/reduce';
import { save } from '../../../src/webview/logic/saved-state';
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
    expect(isPanelMessage({ type: 'apply', text: 'a', trace: {} })).toBe(false);
    expect(isPanelMessage({ type: 'apply', text: 'a', trace: { sourceText: 'b' } })).toBe(true);
    const piece = { viewStart: 0, sourceStart: 0, length: 1, protected: false };
    const mapped = (pieces: unknown): object => ({
      type: 'apply',
      text: 'a',
      trace: { sourceText: 'b', sentences: [{ start: 0, length: 1, pieces }] },
    });
    expect(isPanelMessage(mapped([piece]))).toBe(true);
    expect(isPanelMessage(mapped([{ ...piece, sourceStart: -1 }]))).toBe(false);
    expect(isPanelMessage(mapped({}))).toBe(false);
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

/** What a trace of the text tells of it. */
function traced(text: string, format: TextFormat): TracedText {
  const sentences = proseSentences(text, format);
  return { sourceText: joinSentences(sentences)?.text ?? '', sentences: tracedSentences(sentences) };
}

describe('the output in the document', () => {
  const carried = (text: string, format: TextFormat, output: string): string | undefined =>
    carryOver(text, traced(text, format), output);

  it('changes the words and keeps the markup', () => {
    expect(carried('It **work** with [the the docs](a.md).', 'markdown', 'It works with the docs.')).toBe(
      'It **works** with [the docs](a.md).',
    );
    expect(carried('It work. They works.', 'plain', 'It works. They work.')).toBe('It works. They work.');
  });
  it('is refused where it would touch code, or where the model read another text', () => {
    expect(carried('Run `npm test` now.', 'markdown', 'Run it now.')).toBeUndefined();
    const other = traced('Something else.', 'markdown');
    expect(carryOver('Run **it** now.', other, 'Something new.')).toBeUndefined();
    expect(carryOver('Something long.', other, 'Something new.')).toBeUndefined();
  });
  it('is the whole text for a trace that has no map and is of the very same text', () => {
    expect(carryOver('It work.', { sourceText: 'It work.' }, 'It works.')).toBe('It works.');
    expect(carryOver('It *work*.', { sourceText: 'It work.' }, 'It works.')).toBeUndefined();
  });
  it('leaves the text as it is when nothing changed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]+( (\*\*)?[a-z]+){0,6}\.$/), (text) => {
        expect(carried(text, 'markdown', traced(text, 'markdown').sourceText)).toBe(text);
      }),
    );
  });
});
