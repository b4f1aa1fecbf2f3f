/**
 * Which of a sentence's edits are offered, and as what corrections of the document: the one place for every surface
 * (diagnostics, fix all, the command line, requests, a trace's list). Sure enough, not ignored, no word of the
 * document's own, possible in the source, and sound together.
 */
import { explainDialect, explainEdit } from '../../../english/judge/explanations';
import { soundTogether } from '../../../english/judge/sound-edits';
import type { SentenceEdit } from '../../../english/sentence-edit';
import type { Thresholds } from '../../../protocol/manifest';
import type { Correction, CorrectParams } from '../../../protocol/requests';
import { editToSource } from '../../../protocol/source-map';
import type { Sentence, TextEdit } from '../../../text/types';
import { applyEdits } from '../../../protocol/word-edits';
import type { OwnWords } from '../../document/own-words';
import { resolveOverlaps } from '../../document/sentence-edits';
import { leastConfidence, showsStyle } from './thresholds';

export interface Choice {
  params: Pick<CorrectParams, 'threshold' | 'level' | 'style' | 'ignoredTypes'>;
  thresholds: Thresholds;
  /** Small letters. */
  dictionary: ReadonlySet<string>;
  ownWords(): OwnWords;
}

/** Whether the edit is one that the settings and the document allow, however sure it is. */
function isWanted(sentence: Sentence, edit: SentenceEdit, { params, dictionary, ownWords }: Choice): boolean {
  if (params.ignoredTypes?.includes(edit.type) || (edit.style && !showsStyle(params))) return false;
  if (!['spelling', 'casing', 'spacing'].includes(edit.type)) return true;
  if (edit.type === 'spelling' && dictionary.has(sentence.text.slice(edit.start, edit.end).toLowerCase())) return false;
  return !ownWords().covers(sentence.text, edit);
}

export function thresholdOf(edit: SentenceEdit, { params, thresholds }: Choice): number {
  return leastConfidence(params, thresholds, edit.names ?? []);
}

/** Those that are sure enough and wanted. */
export function sureEdits(sentence: Sentence, edits: readonly SentenceEdit[], choice: Choice): SentenceEdit[] {
  return edits.filter((edit) => edit.confidence >= thresholdOf(edit, choice) && isWanted(sentence, edit, choice));
}

/** The edits that are offered together, sorted, each with its place in the source. */
export function offeredEdits(
  sentence: Sentence,
  edits: readonly SentenceEdit[],
  choice: Choice,
): { edit: SentenceEdit; target: TextEdit }[] {
  return togetherInSource(sentence, sureEdits(sentence, edits, choice));
}

/** The edits that go together in the source, sorted, each with its place there. */
export function togetherInSource(
  sentence: Sentence,
  sure: readonly SentenceEdit[],
): { edit: SentenceEdit; target: TextEdit }[] {
  if (sure.length === 0) return [];
  // What cannot be done in the source takes no part; what is done there together has to be sound.
  const possible = resolveOverlaps(sure).filter((edit) => targetOf(sentence, edit) !== undefined);
  const targets = soundTogether(sentence.text, possible).flatMap((edit) => {
    const target = targetOf(sentence, edit);
    return target ? [{ edit, target }] : [];
  });
  // A deletion may take the blank on its other side where markup is in the way, and so meet its neighbour.
  return resolveOverlaps(
    targets.map((each) => ({ start: each.target.start, end: each.target.end, confidence: each.edit.confidence, each })),
  ).map(({ each }) => each);
}

/** One sentence's corrections of the document. */
export function offered(sentence: Sentence, edits: readonly SentenceEdit[], choice: Choice): Correction[] {
  return correctionsOf(sentence, sureEdits(sentence, edits, choice));
}

/** @param sure from `sureEdits` */
export function correctionsOf(sentence: Sentence, sure: readonly SentenceEdit[]): Correction[] {
  return togetherInSource(sentence, sure).map(({ edit, target }) => ({
    startIndex: target.start,
    endIndex: target.end,
    correction: target.text,
    type: edit.type,
    confidence: edit.confidence,
    explanation: edit.dialect
      ? explainDialect(edit.dialect, edit.text)
      : explainEdit(
          edit.type,
          sentence.text.slice(edit.start, edit.end),
          edit.text,
          sentence.text.slice(0, edit.start),
        ),
    lexicon: edit.lexicon,
    ...(edit.raw === undefined ? {} : { raw: edit.raw }),
    ...(edit.names ? { keys: edit.names } : {}),
    ...(edit.settled ? { settled: true } : {}),
    ...(edit.style ? { style: true } : {}),
  }));
}

/** undefined when the edit touches protected text or markup that the view leaves out. */
function targetOf(sentence: Sentence, edit: SentenceEdit): TextEdit | undefined {
  return editToSource(sentence, edit.start, edit.end, edit.text);
}

/**
 * Sorted and disjoint over the whole document: sentences are not always in the order of the source (a picture's
 * alternative text comes behind its paragraph), and one may lie inside of another.
 */
export function inDocumentOrder(corrections: readonly Correction[]): Correction[] {
  return resolveOverlaps(
    corrections.map((correction) => ({
      start: correction.startIndex,
      end: correction.endIndex,
      confidence: correction.confidence,
      correction,
    })),
  ).map(({ correction }) => correction);
}

/** @param corrections sorted and disjoint */
export function applyCorrections(text: string, corrections: readonly Correction[]): string {
  return applyEdits(
    text,
    corrections.map(({ startIndex, endIndex, correction }) => ({ start: startIndex, end: endIndex, text: correction })),
  );
}
