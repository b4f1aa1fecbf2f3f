/**
 * What a client without an interface of its own asks for by a code action: another wording, or that a remark is
 * silenced.
 */
import {
  MessageType,
  ShowMessageNotification,
  type CancellationToken,
  type CodeAction,
  type Connection,
  type ExecuteCommandParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine';
import { InputError } from '../engine/errors';
import type { GuardedWork } from '../engine/guarded-work';
import { formatOfLanguage } from '../protocol/formats';
import { serverCommands } from '../protocol/language-server';
import type { Settings } from '../protocol/settings';
import type { Abilities } from './abilities';
import { workspaceEdit } from './code-actions';
import type { Kept } from './kept';
import { keep } from './kept-actions';
import { noWording, readRewriting, rewritingEdits, type Rewriting } from './rewrite';
import { withProgress } from './work-done';

export interface CommandSurroundings {
  engine: Engine;
  guard: GuardedWork;
  abilities: Abilities;
  kept: Kept;
  documentOf(uri: string): TextDocument | undefined;
  settingsOf(uri: string): Promise<Settings>;
  /** Something was kept: documents have to be checked again. */
  onKept(): void;
}

export class Commands {
  constructor(
    private readonly connection: Connection,
    private readonly around: CommandSurroundings,
  ) {}

  /** The action with its edit; without one where no wording was found, which is told. */
  async resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction> {
    if (action.data === undefined) return action;
    const rewriting = readRewriting(action.data);
    const edits = await this.rewrite(rewriting, token);
    return edits.length === 0 ? action : { ...action, edit: this.editOf(rewriting.uri, edits) };
  }

  /** @throws InputError for a command or arguments that mean nothing here */
  async execute({ command, arguments: args = [] }: ExecuteCommandParams, token: CancellationToken): Promise<null> {
    if (command === serverCommands.rewrite) {
      const rewriting = readRewriting(args[0]);
      const edits = await this.rewrite(rewriting, token);
      if (edits.length === 0) return null;
      if (!this.around.abilities.appliesEdits) throw new InputError('This client lets no server edit a document.');
      await this.connection.workspace.applyEdit(this.editOf(rewriting.uri, edits));
      return null;
    }
    const { kept, documentOf, engine } = this.around;
    const told = await keep(command, args, {
      kept,
      documentOf,
      sentencesAt: (document, range) => {
        const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        const format = formatOfLanguage(document.languageId) ?? 'plain';
        return engine.sentencesAt({ text: document.getText(), format, range: { start, end } });
      },
    });
    if (told === undefined)
      throw new InputError(
        `${command} is no command of this server; it has ${Object.values(serverCommands).join(', ')}.`,
      );
    this.tell(told);
    this.around.onKept();
    return null;
  }

  private async rewrite(rewriting: Rewriting, token: CancellationToken): Promise<TextEdit[]> {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort());
    try {
      const edits = await withProgress(this.connection, this.around.abilities.showsProgress, 'Rewriting', (report) =>
        rewritingEdits(rewriting, this.around, report, controller.signal),
      );
      if (edits.length === 0) this.tell(noWording);
      return edits;
    } finally {
      listener.dispose();
    }
  }

  /** A notice and no question: nothing waits for an answer. */
  private tell(message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  }

  private editOf(uri: string, edits: TextEdit[]): NonNullable<CodeAction['edit']> {
    return workspaceEdit(this.around.documentOf(uri)!, edits, this.around.abilities.versionedEdits);
  }
}
