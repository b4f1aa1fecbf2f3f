/**
 * What other extensions get from `activate`: Proofreader, Rewriter and Summarizer in the shapes of the browser's
 * built-in interfaces of these names (docs/extension-api.md), served by the engine process. Nothing internal is
 * handed out.
 */
import type * as vscode from 'vscode';
import type { TextFormat } from '../../protocol/formats';
import type { Correction } from '../../protocol/requests';
import type { Settings } from '../../protocol/settings';
import type { SummaryLength, Task } from '../../protocol/tasks';
import type { EngineClient } from '../engine/engine-client';
import { withSignals } from './abort';

export type Availability = 'available' | 'unavailable';

export interface RunOptions {
  signal?: AbortSignal;
}
export interface CreateOptions {
  signal?: AbortSignal;
  /** How texts are written; default: markdown. Beyond the browser's shape. */
  inputFormat?: TextFormat;
}
export interface RewriterOptions extends CreateOptions {
  length?: 'as-is' | 'shorter';
  /** "simpler" is beyond the browser's shape. */
  tone?: 'as-is' | 'simpler';
}
export interface SummarizerOptions extends CreateOptions {
  type?: 'tldr' | 'key-points' | 'headline';
  length?: 'short' | 'medium' | 'long';
}

export interface ProofreadResult {
  correctedInput: string;
  corrections: Pick<Correction, 'startIndex' | 'endIndex' | 'correction' | 'type' | 'explanation' | 'confidence'>[];
}

interface Destroyable {
  /** Ends what is under way; later calls reject with an InvalidStateError. */
  destroy(): void;
}
export interface Proofreader extends Destroyable {
  proofread(text: string, options?: RunOptions): Promise<ProofreadResult>;
}
export interface Rewriter extends Destroyable {
  /** The text in other words, or as it is where no other wording surely keeps the meaning. */
  rewrite(text: string, options?: RunOptions): Promise<string>;
}
export interface Summarizer extends Destroyable {
  summarize(text: string, options?: RunOptions): Promise<string>;
}

export interface Factory<Options extends CreateOptions, Product> {
  availability(options?: Options): Promise<Availability>;
  create(options?: Options): Promise<Product>;
}

export interface ExtensionApi {
  /** Grows when something that was there changes; additions leave it as it is. */
  readonly apiVersion: 1;
  readonly Proofreader: Factory<CreateOptions, Proofreader>;
  readonly Rewriter: Factory<RewriterOptions, Rewriter>;
  readonly Summarizer: Factory<SummarizerOptions, Summarizer>;
}

type Engine = Pick<EngineClient, 'start' | 'models' | 'correct' | 'paraphrase' | 'summarize'>;
type Run = <Result>(
  options: RunOptions | undefined,
  work: (token: vscode.CancellationToken) => Promise<Result>,
) => Promise<Result>;

/** A value of an option that the browser may know and this program does not. */
function oneOf<Value extends string>(option: string, value: Value | undefined, known: readonly Value[]): Value {
  const chosen = value ?? known[0]!;
  if (known.includes(chosen)) return chosen;
  throw new DOMException(`"${option}" must be one of ${known.join(', ')}.`, 'NotSupportedError');
}

export function extensionApi(engine: Engine, kept: { settingsOf(): Promise<Settings> }): ExtensionApi {
  /** @param check throws for options that cannot be served */
  function factory<Options extends CreateOptions, Product extends object>(
    task: Task,
    check: (options: Options) => void,
    make: (run: Run, options: Options, format: TextFormat) => Product,
  ): Factory<Options, Product & Destroyable> {
    return {
      availability: async (options) => {
        try {
          check((options ?? {}) as Options);
          return (await engine.models()).some(({ tasks }) => tasks.includes(task)) ? 'available' : 'unavailable';
        } catch {
          return 'unavailable';
        }
      },
      create: async (given) => {
        const options = (given ?? {}) as Options;
        check(options);
        await withSignals([options.signal], () => engine.start());
        const life = new AbortController();
        const run: Run = (runOptions, work) => {
          // As in the browser, the signal of `create` ends what was created, too.
          const signals = [life.signal, options.signal, runOptions?.signal];
          return withSignals(signals, work);
        };
        return {
          ...make(run, options, options.inputFormat ?? 'markdown'),
          destroy: () => life.abort(new DOMException('It was destroyed.', 'InvalidStateError')),
        };
      },
    };
  }
  return {
    apiVersion: 1,
    Proofreader: factory<CreateOptions, Omit<Proofreader, 'destroy'>>(
      'fix',
      () => undefined,
      (run, _options, format) => ({
        proofread: (text, options) =>
          run(options, async (token) => {
            const { correct, dictionary, ignoredSentences } = await kept.settingsOf();
            const { level, style, dialect, ignoredTypes } = correct;
            const wanted = { text, format, dictionary, ignoredSentences, level, style, dialect, ignoredTypes };
            const { output, corrections } = await engine.correct(wanted, token);
            return { correctedInput: output, corrections: corrections.map(shown) };
          }),
      }),
    ),
    Rewriter: factory<RewriterOptions, Omit<Rewriter, 'destroy'>>('rephrase', modeOf, (run, given, format) => ({
      rewrite: (text, options) =>
        run(options, async (token) => {
          const result = await engine.paraphrase({ text, format, mode: modeOf(given), candidates: 1 }, token);
          const [best] = result.candidates;
          return best ? text.slice(0, result.startIndex) + best.text + text.slice(result.endIndex) : text;
        }),
    })),
    Summarizer: factory<SummarizerOptions, Omit<Summarizer, 'destroy'>>(
      'summarize',
      lengthOf,
      (run, given, format) => ({
        summarize: (text, options) =>
          run(
            options,
            async (token) => (await engine.summarize({ text, format, length: lengthOf(given) }, token)).output,
          ),
      }),
    ),
  };
}

function shown({ startIndex, endIndex, correction, type, explanation, confidence }: Correction) {
  return { startIndex, endIndex, correction, type, explanation, confidence };
}

function modeOf({ length, tone }: RewriterOptions): 'rephrase' | 'simpler' | 'shorter' {
  const shorter = oneOf('length', length, ['as-is', 'shorter']) === 'shorter';
  const simpler = oneOf('tone', tone, ['as-is', 'simpler']) === 'simpler';
  if (shorter && simpler)
    throw new DOMException('A text is made shorter or simpler, not both at once.', 'NotSupportedError');
  return shorter ? 'shorter' : simpler ? 'simpler' : 'rephrase';
}

function lengthOf({ type, length }: SummarizerOptions): SummaryLength {
  const kind = oneOf('type', type, ['tldr', 'key-points', 'headline']);
  const wanted = oneOf('length', length, ['short', 'medium', 'long']);
  if (kind === 'headline') return 'headline';
  if (kind === 'key-points') return 'key-sentences';
  return wanted === 'short' ? 'sentence' : 'short';
}
