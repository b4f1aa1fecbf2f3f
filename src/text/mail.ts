/**
 * Prose of an e-mail: what its writer has written. Headers, quoted lines with the line that says whom they quote, the
 * signature, attachments and bodies in another encoding than text stay as they are.
 */
import type { Block } from './block';
import type { Directive } from './directives';
import { mostBlocks } from './block-parts';
import { linesOf } from './lines';
import { plainBlocks } from './plain';

const header = /^[A-Za-z][\w-]{0,60}:(?:[ \t]|$)/;
const attribution = /^(?:On|At|Am|Le)\s.{0,300}(?:wrote|writes|schrieb|écrit)\s?:$/;
const forwarded = /^-{2,}\s?(?:Original Message|Forwarded message|Begin forwarded)/i;
const encoded = /^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)/im;
const notText = /^content-type:[ \t]*(?!text\/plain|multipart\/|message\/rfc822)\S/im;

export function mailBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  const kept: [start: number, end: number][] = [];
  const lines = linesOf(source);
  const texts = lines.map(({ start, end }) => source.slice(start, end));
  const boundaries = new Set(
    Array.from(source.matchAll(/\bboundary="?([^"\r\n;]{1,100})"?/gi), ([, name]) => `--${name!.trimEnd()}`),
  );
  const isBoundary = (text: string): boolean =>
    boundaries.has(text.trimEnd()) || boundaries.has(text.trimEnd().slice(0, -2));
  let inHeader = /^From /.test(texts[0] ?? '') || header.test(texts[0] ?? '');
  let headers = '';
  let isClosed = false;
  for (const [at, text] of texts.entries()) {
    if (isBoundary(text)) {
      inHeader = true;
      headers = '';
      isClosed = false;
    } else if (inHeader && text.trim() !== '') headers += `${text}\n`;
    else if (inHeader) {
      inHeader = false;
      isClosed = encoded.test(headers) || notText.test(headers);
    } else if (/^-- ?$/.test(text) || forwarded.test(text)) isClosed = true;
    else if (!isClosed && !/^[ \t]*>/.test(text) && !isAttribution(texts, at))
      kept.push([lines[at]!.start, lines[at]!.end]);
  }
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of kept) {
    parts.push(source.slice(done, start).replace(/[^\r\n]/g, ' '), source.slice(start, end));
    done = end;
  }
  const { blocks, directives } = plainBlocks(
    parts.join('') + source.slice(done).replace(/[^\r\n]/g, ' '),
    mostBlocks + 1,
  );
  return { blocks, directives };
}

/** "On Monday, somebody wrote:" above a quotation, on one line or on two. */
function isAttribution(texts: readonly string[], at: number): boolean {
  const next = texts.slice(at + 1, at + 4).find((text) => text.trim() !== '') ?? '';
  if (attribution.test(texts[at]!)) return /^[ \t]*>/.test(next);
  if (attribution.test(`${texts[at]!} ${texts[at + 1] ?? ''}`)) return true;
  return (
    at > 0 &&
    /(?:wrote|writes|schrieb|écrit)\s?:$/.test(texts[at]!) &&
    attribution.test(`${texts[at - 1]!} ${texts[at]!}`)
  );
}
