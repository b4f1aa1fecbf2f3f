/**
 * Reads a document in parts and remembers each part's sentences: a keystroke then costs the analysis of one part,
 * not of the whole document. Where a document can be cut is for its format to say (text/cuts.ts).
 */
import type { TextFormat } from '../../protocol/formats';
import { type PartContent, type PartProse, type Prose, readProse } from '../../text/prose';
import { SentenceCache, cacheKey } from '../cache';
import { TimeLimitError, defaultTimeLimit, withinTime } from '../time-bound';

/** Long texts, so only a few are kept. */
const mostRefused = 8;

export class DocumentReader {
  private readonly parts = new SentenceCache<PartProse>(4000);
  /** Texts that took too long: asked for again they are refused at once. */
  private refused: { text: string; error: TimeLimitError }[] = [];

  /** @param seconds that the reading of one text may take */
  constructor(private readonly seconds = defaultTimeLimit) {}

  /** One request asks for the same text more than once. */
  private latest: { text: string; format: TextFormat; prose: Prose } | undefined;

  /** Parts that had to be analysed so far. */
  get analysed(): number {
    return this.parts.misses;
  }

  /**
   * The same as `readProse`.
   * @throws TimeLimitError
   */
  readProse(text: string, format: TextFormat): Prose {
    if (this.latest?.text === text && this.latest.format === format) return this.latest.prose;
    const known = this.refused.find((entry) => entry.text === text);
    if (known) throw known.error;
    try {
      const prose = withinTime(() => this.readParts(text, format), this.seconds);
      this.latest = { text, format, prose };
      return prose;
    } catch (error) {
      if (error instanceof TimeLimitError) this.refused = [{ text, error }, ...this.refused].slice(0, mostRefused);
      throw error;
    }
  }

  /**
   * The same as `proseSentences`.
   * @throws TimeLimitError
   */
  read(text: string, format: TextFormat): Prose['sentences'] {
    return this.readProse(text, format).sentences;
  }

  private readParts(text: string, format: TextFormat): Prose {
    const before = this.latest?.format === format ? this.latest.prose.cut : undefined;
    return readProse(text, format, (part) => this.readPart(part, format), before);
  }

  private readPart(part: PartContent, format: TextFormat): PartProse {
    // A part that the text before had is known without its key, which is as long as the part.
    if (part.prose) return part.prose;
    const key = cacheKey(format, part.key());
    const known = this.parts.get(key);
    if (known) return part.settle(known);
    const prose = part.read();
    this.parts.set(key, prose);
    return prose;
  }
}
