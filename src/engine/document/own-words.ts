/**
 * Words that a document uses as its own: names of its code in running text ("the decls of a module", "a cargo
 * command"), and terms that it coins ("Magentic", "aliasee"). False alarms on these are what writers complain about
 * most, and one sentence cannot tell them from slips; the whole document can.
 *
 * Only spelling and casing are asked about, and a listed misspelling stays one however often it stands there,
 * unless it is a name throughout.
 */
import { foreignSentences, wordsOfSentence } from '../../text/natural-language';
import type { Sentence } from '../../text/types';
import type { SentenceEdit } from '../../english/sentence-edit';

/**
 * Times that a word stands in a document before it counts as a term; a name (with a capital
 * inside a sentence) needs fewer.
 */
const timesOfTerm = 4;
const timesOfName = 2;
const timesOfListedName = 3;
/** Shorter words of code are variables, not terms: a loop's "teh" says nothing about the prose. */
const shortestOfCode = 4;

/** What a product calls its things, though the lists have it as a misspelling. */
const termsOfProducts: readonly (readonly [term: RegExp, product: RegExp])[] = [[/^verticles?$/i, /vert\.?x/i]];

/** Where one word stands in a document. */
interface Uses {
  /** In running text, written just so. */
  prose: number;
  /** Of these, with a capital that no sentence begins with. */
  names: number;
  /** In code and markup, written just so and as a part of an identifier of any case: `maxDecls` is about decls. */
  code: { same: number; part: number; named: number };
}

export class OwnWords {
  private foreign: Set<string> | undefined;
  private readonly known = new Map<string, Uses>();

  /**
   * @param sentences all sentences of `text`, in order; what lies outside of them, and what is
   * protected in them, is code and markup
   * @param isCode whether the text is a program: what stands there in quotation marks may be misspelt text
   */
  constructor(
    private readonly text: string,
    private readonly sentences: readonly Sentence[],
    private readonly isCode = false,
  ) {}

  /** Whether the edit changes the spelling or the case of such a word. */
  covers(view: string, edit: SentenceEdit): boolean {
    // "thiserror", "instanceof": an unknown word is no two words where it is one in code.
    const isParted = edit.type === 'spacing' && edit.near === true;
    if (edit.type !== 'spelling' && edit.type !== 'casing' && !isParted) return false;
    const before = view.slice(edit.start, edit.end).trim();
    if (!/^[\p{L}\p{M}]+$/u.test(before)) return false;
    if (this.foreignWords.has(before.toLowerCase())) return true;
    if (isParted) return this.usesOf(before).code.same > 0;
    if (termsOfProducts.some(([term, product]) => term.test(before) && product.test(this.text))) return true;
    const listed = edit.lexicon && edit.type === 'spelling';
    const { prose, names, code } = this.usesOf(before);
    // The css and the url of a program are its own names, however short.
    if (this.isCode && edit.type === 'casing' && code.same > 0) return true;
    // `Cargo.toml` says nothing about the case of "cargo", `cargo build` does.
    if (!listed && before.length >= shortestOfCode && (code.same > 0 || (edit.type === 'spelling' && code.part > 0)))
      return true;
    // "tabsets" of `tabsetPanel()`.
    if (!listed && edit.type === 'spelling' && before.length > shortestOfCode && before.endsWith('s')) {
      const one = this.usesOf(before.slice(0, -1)).code;
      if (one.same + one.part > 0) return true;
    }
    // A slip of a comment is a slip in prose, too; what stands in code as a name or a key (`referer`) is written so.
    if (listed && before.length >= shortestOfCode && code.named > 0) return true;
    // "the law PUTPUT", and again "PUTPUT": a name in capitals.
    if (/^\p{Lu}{3,}$/u.test(before) && prose >= timesOfName && this.usesOf(edit.text.trim()).prose === 0) return true;
    if (listed && !/^\p{Lu}/u.test(before)) return false;
    // A term is written so throughout: where the correction stands as often, the word is a slip.
    const after = edit.text.trim();
    if (edit.type === 'casing' || (/^[\p{L}\p{M}]+$/u.test(after) && prose <= this.usesOf(after).prose)) return false;
    return (!listed && prose >= timesOfTerm) || names >= (listed ? timesOfListedName : timesOfName);
  }

  /** Whether the document's code has the word, or its prose so often that it is a term. @param word letters only */
  hasAsOwn(word: string): boolean {
    if (this.foreignWords.has(word.toLowerCase())) return true;
    const { prose, names, code } = this.usesOf(word);
    return code.same > 0 || code.part > 0 || prose >= timesOfTerm || names >= timesOfName;
  }

  /** Lower case. What stands in the passages of another language is none of English misspelt. */
  private get foreignWords(): ReadonlySet<string> {
    this.foreign ??= new Set(
      [...foreignSentences(this.sentences)].flatMap(wordsOfSentence).map((word) => word.toLowerCase()),
    );
    return this.foreign;
  }

  /** Searches for one word, which is quicker than reading all. @param word letters and marks only */
  private usesOf(word: string): Uses {
    let uses = this.known.get(word);
    if (!uses) {
      uses = { prose: 0, names: 0, code: { same: 0, part: 0, named: 0 } };
      for (const match of this.text.matchAll(new RegExp(word, 'giu'))) this.count(uses, word, match[0], match.index);
      this.known.set(word, uses);
    }
    return uses;
  }

  private count(uses: Uses, word: string, found: string, at: number): void {
    const left = /[\p{L}\p{M}]$/u.exec(this.text.slice(Math.max(0, at - 2), at))?.[0];
    const right = /^[\p{L}\p{M}]/u.exec(this.text.slice(at + found.length, at + found.length + 2))?.[0];
    const view = this.viewOffset(at);
    if (view === undefined) {
      const whole = left === undefined && right === undefined;
      if (whole && found === word) uses.code.same++;
      if (whole && found === word && isNamed(this.text, at, at + found.length, this.isCode)) uses.code.named++;
      const begins = left === undefined || (/^\p{Lu}/u.test(found) && /^\p{Ll}/u.test(left));
      const ends = right === undefined || (/\p{Ll}$/u.test(found) && /^\p{Lu}/u.test(right));
      if (begins && ends && (whole || found.slice(1) === found.slice(1).toLowerCase())) uses.code.part++;
    } else if (found === word && left === undefined && right === undefined) {
      uses.prose++;
      if (view > 0 && /^\p{Lu}\p{Ll}/u.test(word)) uses.names++;
    }
  }

  /** Letters of its sentence before an offset of running text; undefined in code and markup. */
  private viewOffset(at: number): number | undefined {
    let [low, high] = [0, this.sentences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sentences[middle]!.end <= at) low = middle + 1;
      else high = middle;
    }
    const sentence = this.sentences[low];
    const piece = sentence?.pieces.find(({ sourceStart, length }) => sourceStart <= at && at < sourceStart + length);
    if (!sentence || !piece || piece.protected) return undefined;
    return sentence.text.slice(0, piece.viewStart + at - piece.sourceStart).replace(/[^\p{L}]/gu, '').length;
  }
}

/**
 * A word of code that stands alone in its marks, is joined to others or is a key: `referer`, referer_url, "referer",
 * /referer/, "referer: x" in front matter; not a word of a comment or of a message.
 */
function isNamed(text: string, start: number, end: number, isCode: boolean): boolean {
  const [left, right] = [text[start - 1] ?? '\n', text[end] ?? '\n'];
  if ((isCode ? /`/ : /[`'"]/).test(left) && left === right) return true;
  if (/[_/\\@$.-]/.test(left) && !/\s/.test(text[start - 2] ?? ' ')) return true;
  if (/[_/\\@$([=-]/.test(right) || (/[.:]/.test(right) && /[\p{L}\p{N}_/]/u.test(text[end + 1] ?? ' '))) return true;
  return right === ':' && /(?:^|\n)[ \t-]*$/.test(text.slice(Math.max(0, start - 40), start));
}
