/** The fallback without a model: what the lexical prior lists, nothing else. */
import { isPlausible } from '../../../english/judge/guards';
import { isCode } from '../../../protocol/formats';
import type { Lexicon } from '../../../english/prior/lexicon';
import { findAll } from '../../../english/prior/prior';
import type { SentenceEdit } from '../../../english/sentence-edit';
import { defaultHighConfidence, type Thresholds } from '../../../protocol/manifest';
import type { CorrectParams, CorrectResult } from '../../../protocol/requests';
import { withoutPlaces } from '../../../protocol/remark-place';
import type { DocumentReader } from '../../document/document-parts';
import { OwnWords } from '../../document/own-words';
import { requestedProse } from '../../document/requested-sentences';
import { pacer } from '../../task-context';
import { judge } from './edits-of-sentence';
import { applyCorrections, inDocumentOrder, offered } from './offered';

/**
 * Confidence of a listed misspelling when no model can judge the context: such lists are right nine times in ten on
 * texts of learners (docs/results/correction.md), and the first of several corrections less often. Below every
 * high-confidence threshold on purpose.
 */
const listedConfidence = 0.85;
const ambiguousConfidence = 0.6;
const thresholds: Thresholds = { default: 0, lexicon: 0, highConfidence: defaultHighConfidence, byType: {} };

/** @throws CancelledError, InputError (text too long) */
export async function correctByLexicon(
  lexicon: Lexicon,
  reader: DocumentReader,
  params: CorrectParams,
  signal?: AbortSignal,
): Promise<CorrectResult> {
  const started = performance.now();
  const dictionary = new Set((params.dictionary ?? []).map((word) => word.toLowerCase()));
  let own: OwnWords | undefined;
  const ownWords = (): OwnWords =>
    (own ??= new OwnWords(params.text, reader.readProse(params.text, params.format).parts, isCode(params.format)));
  const choice = { params, thresholds, dictionary, ownWords };
  const pace = pacer(signal);
  const found = [];
  const { sentences, unread, foreign } = requestedProse(reader, params, params.ignoredSentences);
  for (const { sentence, place } of sentences) {
    const listed = findAll(sentence, lexicon, dictionary).filter(({ offered, origin }) => offered && origin !== 'near');
    const edits = listed
      .sort((left, right) => left.start - right.start)
      .map(({ start, end, candidates }) => ({
        start,
        end,
        text: candidates[0]!,
        lexicon: true,
        confidence: candidates.length === 1 ? listedConfidence : ambiguousConfidence,
      }))
      .map((edit): SentenceEdit => judge(sentence.text, edit, lexicon))
      .filter((edit) => isPlausible(sentence, edit, place, lexicon));
    found.push(...offered(sentence, edits, choice));
    await pace();
  }
  const corrections = withoutPlaces(params.text, inDocumentOrder(found), params.ignoredRemarks);
  return {
    corrections,
    output: applyCorrections(params.text, corrections),
    highConfidence: defaultHighConfidence,
    ...(unread.length > 0 ? { unread } : {}),
    ...(foreign.length > 0 ? { foreign } : {}),
    milliseconds: performance.now() - started,
    passes: 0,
  };
}
