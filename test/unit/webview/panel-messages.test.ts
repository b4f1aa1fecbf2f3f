import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isHostMessage, isPanelMessage, isSavedPanel } from '../../../src/protocol/panel';
import { leadingSentences, locateUnchanged, longestTrace } from '../../../src/extension/visualizer-origin';
import { initialState } from '../../../src/webview/logic/state';
import { reduce, save } from '../../../src/webview/logic/reduce';

const request = { text: 'a', task: 'fix', format: 'plain', decoder: 'mist', options: {} };

describe('messages', () => {
  it('accepts what the panel sends and refuses the rest', () => {
    expect(isPanelMessage({ type: 'run', request })).toBe(true);
    expect(isPanelMessage({ type: 'ready', restored: false })).toBe(true);
    expect(isPanelMessage({ type: 'substitute', request, substitution: { step: 0, position: 1, id: 5, text: 'x' } })).toBe(true);
    expect(isPanelMessage({ type: 'run', request: { ...request, decoder: 'other' } })).toBe(false);
    expect(isPanelMessage({ type: 'run', request: { ...request, options: null } })).toBe(false);
    expect(isPanelMessage({ type: 'apply', text: 3 })).toBe(false);
    expect(isPanelMessage({ type: 'delete everything' })).toBe(false);
    fc.assert(fc.property(fc.jsonValue(), (value) => { expect(isPanelMessage(value)).toBe(false); expect(isHostMessage(value)).toBe(false); }));
  });
  it('lets the host find the place in the document in what the page saved', () => {
    const origin = { uri: 'file:///a.md', start: 3, end: 4, text: 'a', label: 'a.md, line 1' };
    const state = reduce(initialState, { type: 'init', request: { ...request, task: 'fix', format: 'plain', decoder: 'mist' }, origin, draftDecoders: [], run: false });
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
    expect(leadingSentences([{ start: 5, end: 9000 }, { start: 9000, end: 9001 }])).toEqual({ start: 5, end: 9000, complete: false });
    expect(leadingSentences([{ start: 0, end: 10 }, { start: 11, end: longestTrace }])).toEqual({ start: 0, end: longestTrace, complete: true });
  });
});
