/** What was found in one text, with lines and columns: every kind of output is made from this. */
import type {
  Correction,
  CorrectResult,
  SentenceFailure,
  TextFormat,
  UnknownWord,
  UnreadPassage,
} from '../../protocol/requests';
import { Positions, type Position } from './positions';

export interface Remark extends Correction {
  original: string;
  start: Position;
  end: Position;
  /** The correction is sure enough to be applied without being looked at. */
  sure: boolean;
}

export interface FileRemarks {
  /** As it was given or found, with `/`; undefined for a text of standard input without a name. */
  name: string | undefined;
  format: TextFormat;
  text: string;
  remarks: Remark[];
  failures: SentenceFailure[];
  unread: UnreadPassage[];
  unknownWords: UnknownWord[];
}

export function remarksOf(
  name: string | undefined,
  format: TextFormat,
  text: string,
  { corrections, highConfidence, failures = [], unread = [], unknownWords = [] }: CorrectResult,
): FileRemarks {
  const positions = new Positions(text);
  return {
    name: name?.replaceAll('\\', '/'),
    format,
    text,
    failures,
    unread,
    unknownWords,
    remarks: corrections.map((correction) => ({
      ...correction,
      original: text.slice(correction.startIndex, correction.endIndex),
      start: positions.at(correction.startIndex),
      end: positions.at(correction.endIndex),
      sure: correction.confidence >= highConfidence,
    })),
  };
}

/** What a reader is told instead of a name. */
export const standardInput = '<stdin>';
