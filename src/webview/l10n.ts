/**
 * The page's texts in the language of the editor: the host puts the bundle into the page as a block of data, and what
 * it does not hold stays English. Read once, before anything is drawn.
 */
import type { ComponentChildren } from 'preact';
import { pageTextsId, type PageTexts } from '../protocol/panel';

function readTexts(): PageTexts {
  // Tests of the logic have no page.
  const text = typeof document === 'undefined' ? null : document.getElementById(pageTextsId)?.textContent;
  return text ? (JSON.parse(text) as PageTexts) : { language: 'en', texts: {} };
}

const { language, texts } = readTexts();

const translated = (text: string): string => texts[text] ?? text;

/** What stands between a number's whole part and its digits. */
export const decimalPoint = new Intl.NumberFormat(language).format(1.5).charAt(1);

/** The text with `{0}`, `{1}` … filled in. */
export const t = (text: string, ...args: (string | number)[]): string =>
  translated(text).replace(/\{(\d+)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));

/** The same with elements in the holes. */
export const rich = (text: string, ...args: ComponentChildren[]): ComponentChildren[] =>
  translated(text)
    .split(/\{(\d+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : args[Number(part)]));

/** What another room says in English with numbers in it, looked up with holes in their place. */
export function said(text: string): string {
  const numbers: string[] = [];
  const template = text.replace(/(?<![\w.])[-−]?\d+(?:\.\d+)?(?!\w)/g, (number) => {
    numbers.push(number);
    return `{${numbers.length - 1}}`;
  });
  return template in texts ? t(template, ...numbers) : t(text);
}
