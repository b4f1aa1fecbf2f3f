/**
 * Reads a long document in parts and remembers each part's sentences: a keystroke then costs the analysis of one part,
 * not of 72,000 characters of Markdown (130 ms).
 *
 * A part begins after a blank line, at a heading or at a letter in the first column: there no list, quotation, table or
 * HTML block of kind 6 or 7 can still be open. Whatever may stay open over a blank line (fenced code, comments, math),
 * or reaches from one end of a document to the other (definitions, directives), stops the cutting.
 */
import type { TextFormat } from '../../protocol/requests';
import { proseSentences } from '../../text/prose';
import type { Sentence } from '../../text/types';
import { SentenceCache, cacheKey } from '../cache';
import { TimeLimitError, defaultTimeLimit, withinTime } from '../time-bound';

/** Parts are at least this long (UTF-16 units); a document below twice this is read as a whole. */
const shortestPart = 1500;

/** Link or footnote definitions, and comments with our directives: they act on the whole document. */
const global = /^[ \t>]*\[[^\]\n]+\]:|<!--\s{0,20}nar-|^[ \t]*(?:\/\/|#|%)?[ \t]*nar-(?:disable|enable)/m;
/** What may hold blank lines, besides a fence that has nothing but blanks before it. */
const unending =
  /^(?:[ \t>*+-]|\d+[.)])*(?:<(?:script|pre|style|textarea|!|\?)|\$\$|(?:[ \t]*(?:[\t>*+-]|\d+[.)]))+ *(?:`{3}|~{3}))/i;
const opening = /^( *)(`{3,}|~{3,})([^\r\n]*)/;
const closing = /^ *(`{3,}|~{3,})[ \t\r]*$/;

/** Offsets at which parts begin, 0 first. */
export function partStarts(text: string, format: TextFormat): number[] {
  const starts = [0];
  if (text.length < 2 * shortestPart || global.test(text) || /\r(?!\n)/.test(text)) return starts;
  // Front matter may hold anything.
  if (format === 'markdown' && /^\ufeff?(?:---|\+\+\+)/.test(text)) return starts;
  let open: { mark: string; indentation: number } | undefined;
  let afterBlank = false;
  /** An HTML block goes on until the next blank line, and a fence in it is none. */
  let inHtml = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const isBlank = line.trim() === '';
    if (format === 'markdown') {
      const indentation = /^ */.exec(line)![0].length;
      if (open !== undefined) {
        const mark = closing.exec(line)?.[1];
        // Less indented text ends a list item and the fence in it; where exactly is not for us to say.
        if (!isBlank && indentation < open.indentation) return starts;
        if (mark !== undefined && mark[0] === open.mark[0] && mark.length >= open.mark.length) {
          if (indentation > open.indentation + 3) return starts;
          open = undefined;
        }
      } else {
        inHtml = !isBlank && (inHtml || /^ *</.test(line));
        const [, , mark, rest] = opening.exec(line) ?? [];
        if (mark !== undefined && inHtml) return starts;
        // "``` a ` b" is inline code, not a fence.
        if (mark !== undefined && (mark[0] === '~' || !rest!.includes('`'))) open = { mark, indentation };
        else if (mark === undefined && unending.test(line)) return starts;
      }
    }
    if (
      open === undefined &&
      afterBlank &&
      at - starts[starts.length - 1]! >= shortestPart &&
      (format === 'markdown' ? /^(?:#{1,6}[ \t]|\p{L})/u : /^\p{L}/u).test(line)
    )
      starts.push(at);
    afterBlank = isBlank && open === undefined;
    at = end + 1;
  }
  return starts;
}

/** Long texts, so only a few are kept. */
const mostRefused = 8;

export class DocumentReader {
  private readonly parts = new SentenceCache<Sentence[]>(4000);
  /** Texts that took too long: asked for again they are refused at once. */
  private refused: { text: string; error: TimeLimitError }[] = [];

  /** @param seconds that the reading of one text may take */
  constructor(private readonly seconds = defaultTimeLimit) {}

  /** Parts that had to be analysed so far. */
  get analysed(): number {
    return this.parts.misses;
  }

  /**
   * The same as `proseSentences`.
   * @throws TimeLimitError
   */
  read(text: string, format: TextFormat): Sentence[] {
    const known = this.refused.find((entry) => entry.text === text);
    if (known) throw known.error;
    try {
      return withinTime(() => this.readParts(text, format), this.seconds);
    } catch (error) {
      if (error instanceof TimeLimitError) this.refused = [{ text, error }, ...this.refused].slice(0, mostRefused);
      throw error;
    }
  }

  private readParts(text: string, format: TextFormat): Sentence[] {
    const starts = partStarts(text, format);
    if (starts.length === 1) return this.part(text, format);
    const all: Sentence[] = [];
    let blocks = 0;
    for (const [index, start] of starts.entries()) {
      const sentences = this.part(text.slice(start, starts[index + 1] ?? text.length), format);
      for (const sentence of sentences) {
        all.push({
          ...sentence,
          start: sentence.start + start,
          end: sentence.end + start,
          blockIndex: sentence.blockIndex + blocks,
          pieces: sentence.pieces.map((piece) => ({ ...piece, sourceStart: piece.sourceStart + start })),
        });
      }
      blocks = (all[all.length - 1]?.blockIndex ?? -1) + 1;
    }
    return all;
  }

  private part(text: string, format: TextFormat): Sentence[] {
    const key = cacheKey(format, text);
    let sentences = this.parts.get(key);
    if (!sentences) this.parts.set(key, (sentences = proseSentences(text, format)));
    return sentences;
  }
}
