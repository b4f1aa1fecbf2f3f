/**
 * How often a word stands in a document, in prose and in code. Counted part by part, so that after a keystroke only the
 * changed part is searched again, however many words are asked for.
 */
import { alike } from '../../text/alike';
import type { PlacedPart } from '../../text/prose';

export interface Uses {
  /** In running text, written just so. */
  prose: number;
  /** Of these, with a capital that no sentence begins with. */
  names: number;
  /** In code and markup, written just so and as a part of an identifier of any case: `maxDecls` is about decls. */
  code: { same: number; part: number; named: number };
}

/** A part with what stands between it and the next one. */
interface Region {
  part: PlacedPart | undefined;
  start: number;
  end: number;
}

/** So far a use looks beside the word, and more. */
const nearby = 64;

export class WordUses {
  private readonly regions: Region[];
  private readonly known = new Map<string, Uses>();

  /** @param before those of an earlier text */
  constructor(
    private readonly text: string,
    parts: readonly PlacedPart[],
    private readonly isCode: boolean,
    before?: WordUses,
  ) {
    this.regions = [{ part: undefined, start: 0, end: parts[0]?.start ?? text.length }];
    for (const [index, part] of parts.entries())
      this.regions.push({ part, start: part.start, end: parts[index + 1]?.start ?? text.length });
    if (before !== undefined) this.takeOver(before);
  }

  /** @param word letters and marks only */
  of(word: string): Uses {
    let uses = this.known.get(word);
    if (!uses) {
      uses = { prose: 0, names: 0, code: { same: 0, part: 0, named: 0 } };
      this.countIn(this.regions, word, uses, 1);
      this.known.set(word, uses);
    }
    return uses;
  }

  /** What was counted in the earlier text, without what stood in its changed parts, with what stands in this one's. */
  private takeOver(before: WordUses): void {
    const [old, all] = [before.regions, this.regions];
    let { first, last, oldLast } = alike(old, all, (one, other) => before.isSame(one, this, other));
    // A use looks at what stands beside it, so those next to the change are counted again on both sides.
    for (let left = nearby; left > 0 && first > 0; first -= 1) left -= lengthOf(all[first - 1]!);
    for (let left = nearby; left > 0 && last < all.length; [last, oldLast] = [last + 1, oldLast + 1])
      left -= lengthOf(all[last]!);
    const [gone, come] = [old.slice(first, oldLast), all.slice(first, last)];
    const [wasThere, isThere] = [before.searched(gone), this.searched(come)];
    for (const [word, { prose, names, code }] of before.known) {
      const uses = { prose, names, code: { ...code } };
      if (wasThere(word)) before.countIn(gone, word, uses, -1);
      if (isThere(word)) this.countIn(come, word, uses, 1);
      this.known.set(word, uses);
    }
  }

  private isSame(one: Region, others: WordUses, other: Region): boolean {
    return (
      one.part?.prose === other.part?.prose &&
      lengthOf(one) === lengthOf(other) &&
      this.text.slice(one.start, one.end) === others.text.slice(other.start, other.end)
    );
  }

  /**
   * Whether a search in the regions (side by side) for a word is worth its while. Some letters are those of a word for
   * such a search alone, so where they stand it is.
   */
  private searched(regions: readonly Region[]): (word: string) => boolean {
    const text = regions.length === 0 ? '' : this.text.slice(regions[0]!.start, regions.at(-1)!.end).toLowerCase();
    const isOdd = /[\u017f\u212a]/.test(text);
    return (word) => isOdd || !/^[A-Za-z]+$/.test(word) || text.includes(word.toLowerCase());
  }

  /** @param regions side by side */
  private countIn(regions: readonly Region[], word: string, uses: Uses, by: number): void {
    if (regions.length === 0) return;
    const [from, to] = [regions[0]!.start, regions.at(-1)!.end];
    let region = 0;
    for (const { 0: found, index } of this.text.slice(from, to).matchAll(new RegExp(word, 'giu'))) {
      const at = from + index;
      while (regions[region]!.end <= at) region += 1;
      this.count(uses, word, found, at, regions[region]!, by);
    }
  }

  private count(uses: Uses, word: string, found: string, at: number, region: Region, by: number): void {
    const left = /[\p{L}\p{M}]$/u.exec(this.text.slice(Math.max(0, at - 2), at))?.[0];
    const right = /^[\p{L}\p{M}]/u.exec(this.text.slice(at + found.length, at + found.length + 2))?.[0];
    const view = viewOffset(region, at);
    if (view === undefined) {
      const whole = left === undefined && right === undefined;
      if (whole && found === word) uses.code.same += by;
      if (whole && found === word && isNamed(this.text, at, at + found.length, this.isCode)) uses.code.named += by;
      const begins = left === undefined || (/^\p{Lu}/u.test(found) && /^\p{Ll}/u.test(left));
      const ends = right === undefined || (/\p{Ll}$/u.test(found) && /^\p{Lu}/u.test(right));
      if (begins && ends && (whole || found.slice(1) === found.slice(1).toLowerCase())) uses.code.part += by;
    } else if (found === word && left === undefined && right === undefined) {
      uses.prose += by;
      if (view > 0 && /^\p{Lu}\p{Ll}/u.test(word)) uses.names += by;
    }
  }
}

const lengthOf = ({ start, end }: Region): number => end - start;

/** Letters of its sentence before an offset of running text; undefined in code and markup. */
function viewOffset({ part }: Region, offset: number): number | undefined {
  if (part === undefined) return undefined;
  const at = offset - part.start;
  const { sentences } = part.prose;
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  const sentence = sentences[low];
  const piece = sentence?.pieces.find(({ sourceStart, length }) => sourceStart <= at && at < sourceStart + length);
  if (!sentence || !piece || piece.protected) return undefined;
  return sentence.text.slice(0, piece.viewStart + at - piece.sourceStart).replace(/[^\p{L}]/gu, '').length;
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
