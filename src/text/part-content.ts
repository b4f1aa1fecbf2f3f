/**
 * A part of a document that is read by itself, wherever in the document it stands. From one reading to the next a part
 * that has not changed is the same object, and what was read of it stays with it.
 */
import type { Block } from './block';
import { sentencesOf } from './block-sentences';
import type { Directive } from './directives';
import type { Range } from './protect';
import type { Sentence } from './types';

/** What is read by itself: nothing in it depends on the rest of the document. Offsets are in the part. */
export interface PartProse {
  sentences: Sentence[];
  directives: Directive[];
}

/** How the text of a part is read. */
export interface PartSource {
  /** Parts of the same format with equal keys have equal prose. */
  key(): string;
  /** The text of the part, and its blocks with offsets in it. */
  blocks(): { source: string; blocks: Block[]; directives: Directive[] };
  isPlain: boolean;
}

export class PartContent {
  /** Known once it was read. */
  prose: PartProse | undefined;

  constructor(
    /** UTF-16 units. */
    readonly length: number,
    private source: PartSource | undefined,
  ) {}

  key(): string {
    return this.source!.key();
  }

  /** Keeps what is known to be the prose, and lets go of the text: it may hold a whole earlier document in memory. */
  settle(prose: PartProse): PartProse {
    this.source = undefined;
    return (this.prose = prose);
  }

  read(): PartProse {
    if (this.prose !== undefined) return this.prose;
    const { source, blocks, directives } = this.source!.blocks();
    return this.settle({ sentences: sentencesOf(source, blocks, this.source!.isPlain), directives });
  }
}

export interface ProsePart {
  start: number;
  content: PartContent;
}

/** A document that was cut into parts. */
export interface Parts {
  parts: ProsePart[];
  /** Ranges that were left alone, since reading them would take too long. */
  unread: Range[];
}

/** The same text, which does not hold the one in memory that it was cut from: what is read is kept for long. */
export const copied = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
