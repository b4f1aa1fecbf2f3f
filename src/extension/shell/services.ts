/** What the features share; made once by extension.ts. */
import type * as vscode from 'vscode';
import type { EngineClient } from '../engine/engine-client';
import type { Kept } from '../kept/kept';
import type { Messages } from './messages';
import type { VirtualDocuments } from './virtual-documents';

export interface Services {
  context: vscode.ExtensionContext;
  client: EngineClient;
  log: vscode.LogOutputChannel;
  messages: Messages;
  kept: Kept;
  virtualDocuments: VirtualDocuments;
}
