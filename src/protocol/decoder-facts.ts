/** What follows from the records of the decoders: which one has a role, and which ones can do what. */
import type { DecoderRecord, DraftUse, Role } from './decoder-record';
import { decoderNames, decoderRecords, type DecoderName } from './decoders';
import type { Task } from './tasks';

/** The decoders of which something is true, in the order of the records. */
export const decodersThat = (holds: (record: DecoderRecord) => boolean): DecoderName[] =>
  decoderNames.filter((name) => holds(decoderRecords[name]));

const byRole = Object.fromEntries(
  decoderNames.flatMap((name) => {
    const { role } = decoderRecords[name];
    return role ? [[role, name]] : [];
  }),
) as Record<Role, DecoderName>;
/** The decoder of a role; a test says that each has one. */
export const decoderFor = (role: Role): DecoderName => byRole[role];

/** What goes on from a decoder that has no use for a second round; undefined for those that have. */
export function inRounds(name: DecoderName): DecoderName | undefined {
  const { role } = decoderRecords[name];
  return role === 'fix' ? byRole.fixInRounds : role === 'write' ? byRole.writeInRounds : undefined;
}

/** The decoder whose steps show how a task is done, where nobody names one. */
export const watchedDecoder = (task: Task): DecoderName => byRole[task === 'fix' ? 'fixInRounds' : 'writeInRounds'];

/** What it does with a draft; undefined where it can go on from none. */
export const draftUse = (name: DecoderName, task: Task): DraftUse | undefined =>
  (task === 'fix' ? decoderRecords[name].draftOfFix : undefined) ?? decoderRecords[name].draft;

/** Begins with the source and edits it; the others write a text of their own. */
export const editsSource = (name: DecoderName): boolean => 'acceptConfidence' in decoderRecords[name].options;

/** Writes from left to right where nothing else gave a text that is sure enough. */
export const fallsBackToOrder = (name: DecoderName): boolean => 'fallbackProbability' in decoderRecords[name].options;

/** Writes from left to right, token by token or block by block. */
export const writesInOrder = (name: DecoderName): boolean => decoderRecords[name].draft === 'prefix';

export const keepsLocks = (name: DecoderName): boolean => decoderRecords[name].keepsLocks ?? false;
