/**
 * Stands for VS Code in a page of its own: gives the panel the trace that the page carries and a theme, and nothing
 * else. The page's content policy allows no network at all. A bundle of its own, so that the panel's does not carry it.
 */
import { t } from './l10n';
import type { HostMessage, PanelMessage } from '../protocol/panel';
import './styles/replay.css';

const send = (message: HostMessage): void => window.postMessage(message, '*');

/** The body classes of VS Code's themes, from what the reader's system prefers. */
function followSystem(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)'),
    contrast = matchMedia('(prefers-contrast: more)');
  const apply = () => {
    document.body.className = contrast.matches
      ? dark.matches
        ? 'vscode-high-contrast'
        : 'vscode-high-contrast vscode-high-contrast-light'
      : dark.matches
        ? 'vscode-dark'
        : 'vscode-light';
  };
  apply();
  for (const query of [dark, contrast]) query.addEventListener('change', apply);
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    send({ type: 'notice', level: 'information', message: t('Copied.') });
  } catch {
    send({
      type: 'notice',
      level: 'warning',
      message: t('This browser does not let a page copy. Select the text and copy it yourself.'),
    });
  }
}

function receive(message: PanelMessage): void {
  if (message.type === 'copy') void copy(message.text);
  if (message.type !== 'ready') return;
  const { textContent, dataset } = document.getElementById('trace')!;
  send({ type: 'init', run: false, replay: true });
  send({ type: 'imported', name: dataset['name'] ?? 'trace', json: textContent ?? '' });
}

followSystem();
Object.assign(window, {
  acquireVsCodeApi: () => ({ postMessage: receive, getState: () => undefined, setState: () => undefined }),
});
