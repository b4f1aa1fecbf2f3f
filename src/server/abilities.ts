/** What a client can do, read once from what it says in `initialize`, and what the server offers to it. Pure. */
import {
  CodeActionKind,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { serverCommands, type InitializationOptions } from '../protocol/language-server';
import { fixAllKind } from './code-actions';

export interface Abilities {
  /** Answers workspace/configuration. */
  configures: boolean;
  /** Takes the registration for changes of settings. */
  registers: boolean;
  /** Takes edits that carry the version of their document. */
  versionedEdits: boolean;
  /** Asks for the edit of a code action when it is chosen. */
  resolvesEdits: boolean;
  /** Lets the server edit a document (workspace/applyEdit). */
  appliesEdits: boolean;
  /** Asks for diagnostics instead of waiting for them. */
  pulls: boolean;
  /** Can be told to ask for them again. */
  refreshes: boolean;
  /** Shows progress that the server begins. */
  showsProgress: boolean;
  /** See `InitializationOptions`. */
  ownInterface: boolean;
}

export function abilitiesOf({ capabilities }: InitializeParams, { ownInterface }: InitializationOptions): Abilities {
  const { workspace, textDocument, window } = capabilities;
  const own = ownInterface === true;
  return {
    configures: workspace?.configuration === true,
    registers: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    appliesEdits: workspace?.applyEdit === true,
    pulls: !own && textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    showsProgress: !own && window?.workDoneProgress === true,
    ownInterface: own,
  };
}

export function capabilitiesFor({ ownInterface, resolvesEdits, pulls }: Abilities): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, CodeActionKind.RefactorRewrite],
      ...(!ownInterface && resolvesEdits ? { resolveProvider: true } : {}),
    },
    ...(ownInterface ? {} : { executeCommandProvider: { commands: Object.values(serverCommands) } }),
    ...(pulls
      ? { diagnosticProvider: { identifier: 'nar-text', interFileDependencies: false, workspaceDiagnostics: false } }
      : {}),
  };
}

/** Addresses of the client's folders. */
export function rootsOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const folders = (workspaceFolders ?? []).map(({ uri }) => uri);
  return folders.length === 0 && rootUri ? [rootUri] : folders;
}
