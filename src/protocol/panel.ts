/**
 * Messages between the Refinement Visualizer's panel (webview) and its host (extension). Both sides
 * ignore what they do not know.
 */
import { tasks } from './tasks';
import { decoderNames } from './decoders';
import type { DecodeOptions, DecoderName, Step, Task, Trace } from './trace';
import { type TextFormat, textFormats } from './formats';

/** One run as the panel asks for it; the host adds the trace id. */
export interface RunRequest {
  text: string;
  task: Task;
  format: TextFormat;
  decoder: DecoderName;
  options: DecodeOptions;
}

/**
 * The place in a document that the text came from. `text` is what stood there, so that the host can
 * refuse to overwrite newer words.
 */
export interface PanelOrigin {
  uri: string;
  /** UTF-16 offsets in the document. */
  start: number;
  end: number;
  text: string;
  /** File name and line for a person. */
  label: string;
}

/** An alternative that the person chose for one token of one step. */
export interface Substitution {
  /** Index into the trace's steps. */
  step: number;
  /** Index into that step's tokens. */
  position: number;
  id: number;
  text: string;
}

export type HostMessage =
  /**
   * Answer to `ready`: what the panel was opened on; no request where the panel keeps its own. `run` says that a run
   * follows at once, `replay` that there is no engine.
   */
  | { type: 'init'; request?: RunRequest; origin?: PanelOrigin; run: boolean; replay?: boolean }
  /** What the loaded model can run; the panel offers these. */
  | { type: 'decoders'; decoders: DecoderName[] }
  | { type: 'runStarted'; runId: string; request: RunRequest }
  /** Steps in order, several to a message when they come faster than the screen draws. */
  | { type: 'steps'; runId: string; steps: Step[] }
  | { type: 'runFinished'; runId: string; trace: Trace }
  | { type: 'runFailed'; runId: string; message: string; cancelled: boolean }
  /** A file that the person picked, unread: the panel validates it. */
  | { type: 'imported'; name: string; json: string }
  | { type: 'applied'; origin: PanelOrigin }
  /** Answer to `sideRun`: the trace, or why there is none. */
  | { type: 'sideRun'; key: string; request: RunRequest; trace?: Trace; failure?: string }
  | { type: 'notice'; level: 'information' | 'warning' | 'error'; message: string };

export type PanelMessage =
  /** The page is loaded; `restored` from its saved state; `runId` is the run that it already shows in full, if any. */
  | { type: 'ready'; restored: boolean; runId?: string }
  | { type: 'run'; request: RunRequest }
  | { type: 'cancel' }
  /** A run beside the shown one: the other side of a comparison, a point of the curve. The answer carries the key. */
  | { type: 'sideRun'; key: string; request: RunRequest }
  /**
   * `request.options.draft` is the whole draft with the chosen token in its place; the host refines
   * from it where the decoder can.
   */
  | { type: 'substitute'; request: RunRequest; substitution: Substitution }
  | { type: 'copy'; text: string }
  /**
   * `text` is what the model made of `trace.sourceText`, its view of the document's text; the host carries the
   * difference over by the trace's map, so that markup stays.
   */
  | { type: 'apply'; text: string; trace: Pick<Trace, 'sourceText' | 'sentences'> }
  | { type: 'exportTrace'; trace: Trace }
  /** `data`: the SVG as text, for a page to print as well; the PNG as base64. */
  | { type: 'exportPicture'; format: PictureFormat; data: string }
  /** A page that replays the trace without VS Code. */
  | { type: 'exportPage'; trace: Trace }
  | { type: 'importTrace' };

/** What `setState` keeps and the host's serializer gets back after a window reload. */
export interface SavedPanel {
  version: 1;
  request: RunRequest;
  origin?: PanelOrigin;
}

/** A record and no list: a type that is missing here does not compile. */
const hostTypes: Record<HostMessage['type'], true> = {
  init: true,
  decoders: true,
  runStarted: true,
  steps: true,
  runFinished: true,
  runFailed: true,
  imported: true,
  applied: true,
  sideRun: true,
  notice: true,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOffset = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

const isTracedText = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['sourceText'] === 'string' &&
  (value['sentences'] === undefined ||
    (Array.isArray(value['sentences']) && value['sentences'].every(isTracedSentence)));

const isTracedSentence = (value: unknown): boolean =>
  isRecord(value) &&
  isOffset(value['start']) &&
  isOffset(value['length']) &&
  (value['refused'] === undefined || typeof value['refused'] === 'string') &&
  Array.isArray(value['pieces']) &&
  value['pieces'].every(
    (piece) =>
      isRecord(piece) &&
      [piece['viewStart'], piece['sourceStart'], piece['length']].every(isOffset) &&
      typeof piece['protected'] === 'boolean',
  );

export function isRunRequest(value: unknown): value is RunRequest {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    (tasks as readonly string[]).includes(value['task'] as string) &&
    (textFormats as readonly unknown[]).includes(value['format']) &&
    (decoderNames as readonly string[]).includes(value['decoder'] as string) &&
    isRecord(value['options'])
  );
}

export function isPanelOrigin(value: unknown): value is PanelOrigin {
  return (
    isRecord(value) &&
    typeof value['uri'] === 'string' &&
    typeof value['text'] === 'string' &&
    typeof value['label'] === 'string' &&
    Number.isInteger(value['start']) &&
    Number.isInteger(value['end'])
  );
}

export function isSavedPanel(value: unknown): value is SavedPanel {
  return (
    isRecord(value) &&
    value['version'] === 1 &&
    isRunRequest(value['request']) &&
    (value['origin'] === undefined || isPanelOrigin(value['origin']))
  );
}

/** The host's messages come from our own code: the type is checked, unknown ones are ignored. */
export function isHostMessage(value: unknown): value is HostMessage {
  return isRecord(value) && typeof value['type'] === 'string' && Object.hasOwn(hostTypes, value['type']);
}

/** The panel's messages are checked field by field, because a webview is the less trusted side. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'ready':
      return (
        typeof value['restored'] === 'boolean' && (value['runId'] === undefined || typeof value['runId'] === 'string')
      );
    case 'run':
      return isRunRequest(value['request']);
    case 'substitute': {
      const chosen = value['substitution'];
      return (
        isRunRequest(value['request']) &&
        isRecord(chosen) &&
        Number.isInteger(chosen['id']) &&
        typeof chosen['text'] === 'string'
      );
    }
    case 'sideRun':
      return typeof value['key'] === 'string' && isRunRequest(value['request']);
    case 'copy':
      return typeof value['text'] === 'string';
    case 'apply':
      return typeof value['text'] === 'string' && isTracedText(value['trace']);
    case 'exportPicture':
      return pictureFormats.includes(value['format'] as PictureFormat) && typeof value['data'] === 'string';
    case 'exportTrace':
    case 'exportPage':
      return isRecord(value['trace']);
    case 'cancel':
    case 'importTrace':
      return true;
    default:
      return false;
  }
}

/** How a run is kept as a picture; print: a page for paper, in light colours. */
export const pictureFormats = ['svg', 'png', 'print'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** Id of the block of data in the panel's page that holds its texts. */
export const pageTextsId = 'l10n';

/** The texts of the page in the language of the editor, by their English; what is missing stays English. */
export interface PageTexts {
  /** A BCP 47 tag. */
  language: string;
  texts: Readonly<Record<string, string>>;
}
