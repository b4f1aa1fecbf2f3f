/**
 * Hands the shown run to the host as a file: the trace, a picture in the theme's colours, or a page that replays it.
 */
import { colourScale, themeKindOf } from './logic/colour-scale';
import { drawTrace } from './logic/draw-trace';
import type { Palette } from './logic/drawn-page';
import { svgOf } from './logic/svg';
import type { PictureFormat } from '../protocol/panel';
import { post } from './host';
import { measureText, pngOf } from './paint';
import { dispatch, state } from './store';

export type ExportFormat = 'json' | 'html' | PictureFormat;

const pictureWidth = 1000;

/** Theme colours as the browser resolves them; opaque ones, because a picture stands on nothing. */
function paletteNow(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const kind = themeKindOf(document.body.className);
  const dark = kind === 'dark' || kind === 'high-contrast';
  const text = colour('--vscode-foreground', dark ? '#cccccc' : '#3b3b3b');
  return {
    background: colour('--vscode-editor-background', dark ? '#1f1f1f' : '#ffffff'),
    text,
    quiet: colour('--vscode-descriptionForeground', text),
    removed: colour('--vscode-errorForeground', dark ? '#f85149' : '#c72e0f'),
    line: colour('--vscode-panel-border', dark ? '#454545' : '#cecece'),
    levels: colourScale(kind),
  };
}

/** Paper is white, whatever the theme. */
const paper: Palette = {
  background: '#ffffff',
  text: '#1a1a1a',
  quiet: '#555555',
  removed: '#b3261e',
  line: '#c4c4c4',
  levels: colourScale('light'),
};

export async function exportAs(format: ExportFormat): Promise<void> {
  const { trace, measure } = state.value;
  if (!trace) return;
  if (format === 'json') return post({ type: 'exportTrace', trace });
  if (format === 'html') return post({ type: 'exportPage', trace });
  try {
    const drawing = drawTrace(trace, {
      width: pictureWidth,
      palette: format === 'print' ? paper : paletteNow(),
      measure,
      measureText,
    });
    post({ type: 'exportPicture', format, data: format === 'png' ? await pngOf(drawing) : svgOf(drawing) });
  } catch (error) {
    dispatch({ type: 'notice', level: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}
