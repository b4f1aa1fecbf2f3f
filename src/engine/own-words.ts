/**
 * Words that a document uses as its own: names of its code in running text ("the decls of a module", "a cargo command"),
 * and terms that it coins ("Magentic", "aliasee"). False alarms on these are what writers complain about most, and one
 * sentence cannot tell them from slips; the whole document can.
 *
 * Only spelling and casing are asked about, and a listed misspelling stays one however often it stands there, unless it is
 * a name throughout.
 */
import type { Sentence } from '../text/types';
import type { SentenceEdit } from './sentence-edits';
import { protectedRangesOf } from './sentences';

/** Times that a word stands in a document before it counts as a term; a name (with a capital inside a sentence) needs fewer. */
const timesOfTerm = 4;
const timesOfName = 2;
const timesOfListedName = 3;
/** Shorter words of code are variables, not terms: a loop's "teh" says nothing about the prose. */
const shortestOfCode = 4;

export class OwnWords {
  private readonly prose = new Map<string, number>();
  private readonly names = new Map<string, number>();
  private readonly code = new Set<string>();

  /** @param sentences all sentences of `text`; what lies outside of them, and what is protected in them, is code and markup */
  constructor(text: string, sentences: readonly Sentence[]) {
    let outside = 0;
    for (const sentence of sentences) {
      this.addCode(text.slice(outside, sentence.start));
      outside = Math.max(outside, sentence.end);
      let view = 0;
      for (const [start, end] of protectedRangesOf(sentence)) {
        this.addProse(sentence.text.slice(view, start), view === 0);
        this.addCode(sentence.text.slice(start, end));
        view = end;
      }
      this.addProse(sentence.text.slice(view), view === 0);
    }
    this.addCode(text.slice(outside));
  }

  /** Whether the edit changes the spelling or the case of such a word. */
  covers(view: string, edit: SentenceEdit): boolean {
    if (edit.type !== 'spelling' && edit.type !== 'casing') return false;
    const before = view.slice(edit.start, edit.end).trim();
    if (!/^[\p{L}\p{M}]+$/u.test(before)) return false;
    const listed = edit.lexicon && edit.type === 'spelling';
    if (!listed && before.length >= shortestOfCode && this.code.has(before)) return true;
    // A term is written so throughout: where the correction stands as often, the word is a slip.
    const times = this.prose.get(before) ?? 0;
    if (edit.type === 'casing' || times <= (this.prose.get(edit.text.trim()) ?? 0)) return false;
    return (!listed && times >= timesOfTerm) || (this.names.get(before) ?? 0) >= (listed ? timesOfListedName : timesOfName);
  }

  private addProse(text: string, startsSentence: boolean): void {
    let first = startsSentence;
    for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      this.prose.set(word, (this.prose.get(word) ?? 0) + 1);
      if (!first && /^\p{Lu}\p{Ll}/u.test(word)) this.names.set(word, (this.names.get(word) ?? 0) + 1);
      first = false;
    }
  }

  /** Identifiers whole, and the words that they are put together of: `maxDecls` is about decls. */
  private addCode(text: string): void {
    for (const [name] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      this.code.add(name);
      for (const [part] of name.matchAll(/\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?!\p{Ll})/gu)) {
        this.code.add(part);
        this.code.add(part.toLowerCase());
      }
    }
  }
}
