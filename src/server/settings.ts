/** Settings from the client, field by field: a wrong value falls back to its default instead of breaking the server. */
import { effortNames, efforts } from '../protocol/effort';
import { correctionTypes } from '../protocol/requests';
import { defaultSettings, type Settings } from '../protocol/settings';
import { decoderNames } from '../protocol/trace';

export const settingsSection = 'narTextTools';

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function part(value: unknown, name: string): Fields {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}
function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
function number(value: unknown, fallback: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
}
function choice<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.includes(value as T) ? (value as T) : fallback;
}
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

/** @param value what the client answered for the section; anything at all */
export function readSettings(value: unknown): Settings {
  const standard = defaultSettings;
  const root = isObject(value) ? value : {};
  const correct = part(root, 'correct');
  const paraphrase = part(root, 'paraphrase');
  const model = part(root, 'model');
  const effort = choice(root['effort'], effortNames, standard.effort);
  const preset = efforts[effort];
  return {
    effort,
    enable: flag(root['enable'], standard.enable),
    correct: {
      asYouType: flag(correct['asYouType'], standard.correct.asYouType),
      delay: number(correct['delay'], standard.correct.delay, 0, 10_000),
      confidence: typeof correct['confidence'] === 'number' ? number(correct['confidence'], 0, 0, 1) : null,
      ignoredTypes: strings(correct['ignoredTypes']).filter((type) => (correctionTypes as readonly string[]).includes(type)) as Settings['correct']['ignoredTypes'],
      decoder: choice(correct['decoder'], decoderNames, preset.correct.decoder),
      passes: number(correct['passes'], preset.correct.passes, 1, 20),
    },
    dictionary: strings(root['dictionary']),
    ignoredSentences: strings(root['ignoredSentences']),
    paraphrase: {
      mode: choice(paraphrase['mode'], ['rephrase', 'simpler', 'shorter'], standard.paraphrase.mode),
      candidates: number(paraphrase['candidates'], standard.paraphrase.candidates, 1, 9),
      decoder: choice(paraphrase['decoder'], decoderNames, preset.paraphrase.decoder),
      passes: number(paraphrase['passes'], preset.paraphrase.passes, 1, 20),
      automatic: flag(paraphrase['automatic'], standard.paraphrase.automatic),
    },
    summarize: { length: choice(part(root, 'summarize')['length'], ['headline', 'sentence', 'short', 'key-sentences'], standard.summarize.length) },
    model: { path: text(model['path'], standard.model.path), dtype: text(model['dtype'], standard.model.dtype) || 'auto' },
    device: choice(root['device'], ['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda', 'wasm'], standard.device),
    threads: Math.round(number(root['threads'], standard.threads, 1, 64)),
    idleMinutes: number(root['idleMinutes'], standard.idleMinutes, 0, 100_000),
  };
}
