/** What the visualizer writes and reads as files: traces, pictures, pages of their own. */
import * as vscode from 'vscode';
import type { PictureFormat } from '../../protocol/panel';
import type { Trace } from '../../protocol/trace';
import { pageTexts } from './page-texts';
import { printedPage } from './visualizer-print';
import { standalonePage } from './visualizer-standalone';

/** Largest trace file that is opened, in bytes; the longest real traces have a few million. */
const largestTrace = 30_000_000;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Asks where to and writes; the path for a message, or undefined when the person thought better of it. */
async function save(kind: string, extension: string, name: string, content: Uint8Array): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { [kind]: [extension] },
    title: vscode.l10n.t('Export Trace'),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}.${extension}`) } : {}),
  });
  if (!target) return undefined;
  await vscode.workspace.fs.writeFile(target, content);
  return vscode.workspace.asRelativePath(target);
}

const nameOf = ({ task, system }: Trace): string => `trace-${task}-${system}`;

export const saveTrace = (trace: Trace): Promise<string | undefined> =>
  save('JSON', 'json', nameOf(trace), encode(`${JSON.stringify(trace, null, 1)}\n`));

/** @param data the SVG as text, for a page to print as well; the PNG as base64 */
export function savePicture(format: PictureFormat, data: string): Promise<string | undefined> {
  if (format === 'png') return save('PNG', 'png', 'trace', Buffer.from(data, 'base64'));
  if (format === 'svg') return save('SVG', 'svg', 'trace', encode(data));
  const page = printedPage(data, { title: vscode.l10n.t('Steps of a run'), language: pageTexts().language });
  return save('HTML', 'html', 'trace-print', encode(page));
}

export async function savePage(trace: Trace, distribution: vscode.Uri): Promise<string | undefined> {
  const read = async (name: string) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(distribution, name)));
  const [replay, panel, theme, style] = await Promise.all(
    ['replay.js', 'webview.js', 'replay.css', 'webview.css'].map(read),
  );
  const page = standalonePage(trace, `${nameOf(trace)}.json`, {
    scripts: [replay!, panel!],
    styles: [theme!, style!],
    texts: pageTexts(),
    title: vscode.l10n.t('Refinement of “{0}”', trace.sourceText.slice(0, 60)),
  });
  return save('HTML', 'html', nameOf(trace), encode(page));
}

/** @throws Error with a message for a person when the file is larger than any trace */
export async function openTrace(): Promise<{ name: string; json: string } | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      filters: { JSON: ['json'] },
      canSelectMany: false,
      title: vscode.l10n.t('Open Trace'),
    })) ?? [];
  if (!file) return undefined;
  const name = file.path.split('/').at(-1) ?? file.path;
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestTrace)
    throw new Error(
      vscode.l10n.t(
        '{0} was not opened: it has {1} MB, and a trace has at most {2} MB.',
        name,
        Math.round(size / 1e6),
        largestTrace / 1e6,
      ),
    );
  return { name, json: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) };
}
