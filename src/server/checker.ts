/**
 * Checks open documents as they are typed: waits for quiet, drops stale versions, publishes
 * while a long document goes on.
 */
import { MessageType, ShowMessageNotification, type Connection, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine';
import { CancelledError, InputError, messageOf } from '../engine/errors';
import { TimeLimitError } from '../engine/time-bound';
import { formatOfLanguage } from '../protocol/formats';
import type { Correction, CorrectResult } from '../protocol/requests';
import { checksLanguage, type Settings } from '../protocol/settings';
import type { Checked } from './code-actions';
import { toDiagnostic, unknownDiagnostic, unreadDiagnostic } from './diagnostics';
import { nameOf } from './documents';
import type { GuardedWork } from '../engine/guarded-work';
import type { DiagnosticReports } from './reports';
import { withProgress, type Report } from './work-done';

interface Watched {
  timer?: NodeJS.Timeout | undefined;
  controller?: AbortController;
  /** Offset of the latest change, so that sentences next to it come first. */
  focus: number;
  checked?: Checked;
  /** The latest message about this document that a person has been shown. */
  told?: string;
  /** Diagnostics are on the client's screen. */
  shown: boolean;
  /** The first check has begun: what follows is typing, and waits for quiet. */
  begun: boolean;
}

/** What is told about a text beside its corrections. */
type Beside = { [Key in 'unread' | 'unknownWords']?: CorrectResult[Key] | undefined };

export class DocumentChecker {
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly engine: Engine,
    private readonly settingsOf: (uri: string) => Promise<Settings>,
    private readonly guard: GuardedWork,
    /** Left out for a client that waits to be told. */
    private readonly reports: DiagnosticReports | undefined,
    private readonly showsProgress: boolean,
    /** A document was checked to its end, or cannot be. */
    private readonly onChecked: (uri: string) => void,
  ) {}

  /** A document was opened or changed. */
  schedule(document: TextDocument, focus: number): void {
    if (formatOfLanguage(document.languageId) === undefined) return;
    const entry = this.entry(document.uri);
    entry.focus = focus;
    this.reports?.begin(document.uri);
    clearTimeout(entry.timer);
    // What is under way works on text that is gone; sentences that it finished are in the cache.
    entry.controller?.abort();
    const controller = (entry.controller = new AbortController());
    void this.settingsOf(document.uri).then(
      (settings) => {
        if (controller.signal.aborted) return;
        if (!settings.enable || !settings.correct.asYouType || !checksLanguage(settings, document.languageId)) {
          this.clear(document.uri);
          this.onChecked(document.uri);
          return;
        }
        entry.timer = setTimeout(
          () => void this.check(document.uri, settings, controller.signal),
          entry.begun ? settings.correct.delay : 0,
        );
        entry.begun = true;
      },
      (error: unknown) => {
        this.reports?.finish(document.uri, []);
        this.onChecked(document.uri);
        this.connection.console.error(`Settings of ${document.uri}: ${messageOf(error)}`);
      },
    );
  }

  /** Settings or the model changed. */
  scheduleAll(): void {
    for (const document of this.documents.all()) this.schedule(document, 0);
  }

  close(uri: string): void {
    const entry = this.watched.get(uri);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.controller?.abort();
    this.clear(uri);
    this.reports?.close(uri);
    this.watched.delete(uri);
  }

  checked(uri: string): Checked | undefined {
    return this.watched.get(uri)?.checked;
  }

  private tellOnce(uri: string, message: string): void {
    const entry = this.entry(uri);
    if (entry.told === message) return;
    entry.told = message;
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }

  private entry(uri: string): Watched {
    let entry = this.watched.get(uri);
    if (!entry) this.watched.set(uri, (entry = { focus: 0, shown: false, begun: false }));
    return entry;
  }

  private clear(uri: string): void {
    const entry = this.watched.get(uri);
    if (!entry) return;
    delete entry.checked;
    this.reports?.finish(uri, []);
    if (entry.shown) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    entry.shown = false;
  }

  private async check(uri: string, settings: Settings, signal: AbortSignal): Promise<void> {
    const document = this.documents.get(uri);
    const format = document && formatOfLanguage(document.languageId);
    if (!document || !format || signal.aborted) return;
    const version = document.version;
    const text = document.getText();
    const publish = (corrections: Correction[], rest: Beside = {}, partly = false): void => {
      if (!signal.aborted) this.publish(uri, version, corrections, rest, partly);
    };
    try {
      const {
        corrections,
        unread,
        unknownWords,
        failures = [],
      } = await this.inProgress(uri, text, (onProgress) =>
        this.engine.correct(
          {
            text,
            format,
            decoder: settings.correct.decoder,
            options: { passes: settings.correct.passes, ...settings.correct.options },
            dictionary: settings.dictionary,
            ignoredTypes: settings.correct.ignoredTypes,
            ignoredSentences: settings.ignoredSentences,
            ignoredRemarks: settings.ignoredRemarks,
            level: settings.correct.level,
            style: settings.correct.style,
            dialect: settings.correct.dialect,
            ...(settings.correct.confidence === null ? {} : { threshold: settings.correct.confidence }),
          },
          {
            priority: 'typing',
            key: uri,
            signal,
            focus: this.watched.get(uri)?.focus ?? 0,
            onPartial: (found) => publish(found, {}, true),
            onProgress,
          },
        ),
      );
      publish(corrections, { unread, unknownWords });
      if (!signal.aborted) this.onChecked(uri);
      for (const { startIndex, message } of failures) {
        const { line } = document.positionAt(startIndex);
        this.connection.console.error(
          `${uri}, line ${line + 1}: this sentence could not be checked (${message}); the others were.`,
        );
      }
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (error instanceof InputError) this.clear(uri);
      else if (!signal.aborted) this.reports?.finish(uri, []);
      if (!signal.aborted) this.onChecked(uri);
      // What the writer has to know: this document has no underlines, and not because it has no errors.
      if (error instanceof TimeLimitError) this.tellOnce(uri, `${nameOf(uri)}: ${error.message}`);
      this.connection.console.error(`${uri}: ${messageOf(error)}`);
    }
  }

  /** Watched over, and with progress for the client while it lasts. */
  private inProgress<Result>(uri: string, text: string, work: (report: Report) => Promise<Result>): Promise<Result> {
    return withProgress(this.connection, this.showsProgress, `Checking ${nameOf(uri)}`, (report) =>
      this.guard.run(nameOf(uri), text, () => work(report)),
    );
  }

  private publish(
    uri: string,
    version: number,
    corrections: Correction[],
    { unread = [], unknownWords = [] }: Beside,
    partly: boolean,
  ): void {
    const document = this.documents.get(uri);
    const entry = this.watched.get(uri);
    // Closed, or typed on since: these positions mean nothing any more.
    if (!document || !entry || document.version !== version) return;
    const text = document.getText();
    const { highConfidence } = this.engine;
    const diagnostics = [
      ...corrections.map((correction) => toDiagnostic(document, text, correction, highConfidence)),
      ...unknownWords.map((word) => unknownDiagnostic(document, word)),
      ...unread.map((passage) => unreadDiagnostic(document, passage)),
    ];
    entry.checked = { version, corrections, diagnostics, highConfidence };
    if (this.reports) {
      if (!partly) this.reports.finish(uri, diagnostics);
      return;
    }
    entry.shown = diagnostics.length > 0 || entry.shown;
    void this.connection.sendDiagnostics({ uri, version, diagnostics });
  }
}
