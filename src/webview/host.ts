/** The webview's side of the channel to the extension. The API object can be taken only once per page. */
import type { PanelMessage } from '../protocol/panel';
import type { SavedState } from './logic/saved-state';

interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();

export const post = (message: PanelMessage): void => api.postMessage(message);
export const savedState = (): unknown => api.getState();
export const saveState = (state: SavedState): void => api.setState(state);
