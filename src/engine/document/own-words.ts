/**
 * Words that a document uses as its own: names of its code in running text ("the decls of a module", "a cargo
 * command"), and terms that it coins ("Magentic", "aliasee"). False alarms on these are what writers complain about
 * most, and one sentence cannot tell them from slips; the whole document can.
 *
 * Only spelling and casing are asked about, and a listed misspelling stays one however often it stands there,
 * unless it is a name throughout.
 */
import { foreignIn, wordsOfSentence } from '../../text/natural-language';
import type { PlacedPart } from '../../text/prose';
import type { Sentence } from '../../text/types';
import type { SentenceEdit } from '../../english/sentence-edit';
import { WordUses } from './word-uses';

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

export class OwnWords {
  private foreign: Set<string> | undefined;
  private readonly uses: WordUses;

  /**
   * @param parts all of `text` that has sentences, in order; what lies outside of them, and what is
   * protected in them, is code and markup
   * @param isCode whether the text is a program: what stands there in quotation marks may be misspelt text
   * @param before those of an earlier text: what has not changed is not searched again
   */
  constructor(
    private readonly text: string,
    private readonly parts: readonly PlacedPart[],
    private readonly isCode = false,
    before?: OwnWords,
  ) {
    this.uses = new WordUses(text, parts, isCode, before?.isCode === isCode ? before.uses : undefined);
  }

  /** Of a text whose sentences are these, in order. */
  static ofSentences(text: string, sentences: Sentence[], isCode = false): OwnWords {
    const prose = { sentences, directives: [] };
    return new OwnWords(text, [{ start: 0, length: text.length, firstBlock: 0, prose }], isCode);
  }

  /** Whether the edit changes the spelling or the case of such a word. */
  covers(view: string, edit: SentenceEdit): boolean {
    // "thiserror", "instanceof": an unknown word is no two words where it is one in code.
    const isParted = edit.type === 'spacing' && edit.near === true;
    if (edit.type !== 'spelling' && edit.type !== 'casing' && !isParted) return false;
    const before = view.slice(edit.start, edit.end).trim();
    if (!/^[\p{L}\p{M}]+$/u.test(before)) return false;
    if (this.foreignWords.has(before.toLowerCase())) return true;
    if (isParted) return this.uses.of(before).code.same > 0;
    if (termsOfProducts.some(([term, product]) => term.test(before) && product.test(this.text))) return true;
    const listed = edit.lexicon && edit.type === 'spelling';
    const { prose, names, code } = this.uses.of(before);
    // The css and the url of a program are its own names, however short.
    if (this.isCode && edit.type === 'casing' && code.same > 0) return true;
    // `Cargo.toml` says nothing about the case of "cargo", `cargo build` does.
    if (!listed && before.length >= shortestOfCode && (code.same > 0 || (edit.type === 'spelling' && code.part > 0)))
      return true;
    // "tabsets" of `tabsetPanel()`.
    if (!listed && edit.type === 'spelling' && before.length > shortestOfCode && before.endsWith('s')) {
      const one = this.uses.of(before.slice(0, -1)).code;
      if (one.same + one.part > 0) return true;
    }
    // A slip of a comment is a slip in prose, too; what stands in code as a name or a key (`referer`) is written so.
    if (listed && before.length >= shortestOfCode && code.named > 0) return true;
    // "the law PUTPUT", and again "PUTPUT": a name in capitals.
    if (/^\p{Lu}{3,}$/u.test(before) && prose >= timesOfName && this.uses.of(edit.text.trim()).prose === 0) return true;
    if (listed && !/^\p{Lu}/u.test(before)) return false;
    // A term is written so throughout: where the correction stands as often, the word is a slip.
    const after = edit.text.trim();
    if (edit.type === 'casing' || (/^[\p{L}\p{M}]+$/u.test(after) && prose <= this.uses.of(after).prose)) return false;
    return (!listed && prose >= timesOfTerm) || names >= (listed ? timesOfListedName : timesOfName);
  }

  /** Whether the document's code has the word, or its prose so often that it is a term. @param word letters only */
  hasAsOwn(word: string): boolean {
    if (this.foreignWords.has(word.toLowerCase())) return true;
    const { prose, names, code } = this.uses.of(word);
    return code.same > 0 || code.part > 0 || prose >= timesOfTerm || names >= timesOfName;
  }

  /** Lower case. What stands in the passages of another language is none of English misspelt. */
  private get foreignWords(): ReadonlySet<string> {
    if (this.foreign === undefined) {
      const lists = this.parts.map(({ prose }) => prose.sentences);
      const foreign = foreignIn(lists);
      this.foreign = new Set(
        lists
          .flatMap((sentences) => [...foreign(sentences)])
          .flatMap(wordsOfSentence)
          .map((word) => word.toLowerCase()),
      );
    }
    return this.foreign;
  }
}
