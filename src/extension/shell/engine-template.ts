/**
 * Pure: a sentence of the engine, which speaks English, as a template and what fills it; so it can be looked up
 * in a bundle of translations.
 */

export interface EngineTemplate {
  template: string;
  args: string[];
}

/** Quoted words and percentages are what changes from one sentence to the next. */
export function templateOf(text: string): EngineTemplate {
  const args: string[] = [];
  const template = text.replace(/“([^“”]*)”|\b\d+ %/g, (match: string, quoted?: string) => {
    args.push(quoted ?? match);
    const hole = `{${args.length - 1}}`;
    return quoted === undefined ? hole : `“${hole}”`;
  });
  return { template, args };
}

/** A remark and its confidence, which stands behind it in brackets. */
export function splitConfidence(message: string): [remark: string, confidence: string] {
  const match = /^(.*)( \(\d+ %\))$/s.exec(message);
  return match ? [match[1]!, match[2]!] : [message, ''];
}
