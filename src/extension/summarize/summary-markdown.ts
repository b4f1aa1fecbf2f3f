/**
 * Pure: a summary as a Markdown page with a link to every source sentence, and the edits that put it into a document.
 */
import type { SummarizeResult, SummarySentence } from '../../protocol/requests';
import type { OffsetEdit } from '../shell/checked-edits';

export interface SummaryLink {
  /** In the page, UTF-16 units. */
  start: number;
  end: number;
  /** In the summarized text. */
  source: { start: number; end: number };
}

/** What the page says beside the summary itself, in the language of the interface. */
export interface SummaryTexts {
  /** The length that was asked for. */
  length: string;
  /** Title of the second part. */
  sources: string;
  /** How a sentence was made, and how many slips of the source were corrected in it. */
  method(method: SummarySentence['method'], corrections: number): string;
  sure(percent: number): string;
  /** Lines from 1. */
  lines(first: number, last: number): string;
  from: string;
}

/** `lineOf` gives the line number (from 1) of an offset in the summarized text. */
export function renderSummary(
  result: SummarizeResult,
  title: string,
  texts: SummaryTexts,
  lineOf: (offset: number) => number,
): { text: string; links: SummaryLink[] } {
  const links: SummaryLink[] = [];
  let text = `# ${title}\n\n*${texts.length}*\n\n${result.output.trim()}\n\n## ${texts.sources}\n`;
  result.sentences.forEach((sentence, index) => {
    const method = texts.method(sentence.method, sentence.corrections ?? 0);
    text += `\n${index + 1}. ${oneLine(sentence.text)}\n   (${method}, ${texts.sure(Math.round(sentence.confidence * 100))}`;
    sentence.sources.forEach(({ startIndex, endIndex }, place) => {
      text += place === 0 ? `; ${texts.from} ` : ', ';
      const label = texts.lines(lineOf(startIndex), lineOf(Math.max(startIndex, endIndex - 1)));
      links.push({ start: text.length, end: text.length + label.length, source: { start: startIndex, end: endIndex } });
      text += label;
    });
    text += ')\n';
  });
  return { text, links };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The front matter of a Markdown document: its range without the closing line break, or undefined. */
export function frontMatter(text: string): { start: number; end: number; bodyStart: number } | undefined {
  const match = /^\ufeff?---[ \t]*\r?\n([^]*?)^(?:---|\.\.\.)[ \t]*(\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return undefined;
  const start = match[0].indexOf('\n') + 1;
  return { start, end: start + match[1]!.length, bodyStart: match[0].length };
}

/**
 * Sets `description` of the YAML front matter, which is made when there is none.
 * A description that spans several lines is left alone: undefined.
 */
export function descriptionEdit(text: string, summary: string, eol: string): OffsetEdit | undefined {
  const line = `description: ${JSON.stringify(oneLine(summary))}`;
  const matter = frontMatter(text);
  if (!matter) {
    const bom = text.startsWith('\ufeff') ? 1 : 0;
    return { start: bom, end: bom, text: `---${eol}${line}${eol}---${eol}${eol}` };
  }
  const block = text.slice(matter.start, matter.end);
  const present = /^description:[ \t]*([^\r\n]*)/m.exec(block);
  if (!present) return { start: matter.end, end: matter.end, text: line + eol };
  const following = block.slice(present.index + present[0].length).replace(/^\r?\n/, '');
  if (/^[|>]/.test(present[1]!) || /^[ \t]+\S/.test(following)) return undefined;
  return { start: matter.start + present.index, end: matter.start + present.index + present[0].length, text: line };
}

/**
 * Where a piece of text stands now: at its old place, or at the only other place that holds it; undefined
 * when it is gone or ambiguous.
 */
export function relocate(text: string, piece: string, start: number): number | undefined {
  if (text.startsWith(piece, start)) return start;
  if (piece === '') return undefined;
  const first = text.indexOf(piece);
  return first >= 0 && text.indexOf(piece, first + 1) < 0 ? first : undefined;
}
