// Pictures of every surface, for a person to look at: node test/e2e/screenshots.mjs [themes] [parts of scenes' names]
// [--size WIDTHxHEIGHT] [--language de]
// Themes are light, dark, high-contrast, high-contrast-light and without-colours (nothing under errors, nothing behind
// changes). Half of the ordinary size, 640x400, is what a window of 1280x800 has at 200 %. The pictures land in
// test/artifacts/; docs/screenshots holds the chosen ones.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { colourless } from './names.mjs';
import { scenes } from './scenes.mjs';
import { closeWindows, sharedWindow } from './session.mjs';
import { artifacts, themes } from './window.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string' }, language: { type: 'string' } },
});
/** New words that scenes show in their lines: they have to be read in every theme. */
const newWords = { review: ['application', 'receives'], several: ['To'] };
const wantedThemes = (positionals[0] ?? Object.keys(themes).join(',')).split(',');
const filters = (positionals[1] ?? '').split(',');
const suffix = [values.size, values.language].map((part) => (part ? `-${part}` : '')).join('');
const failures = [];
mkdirSync(artifacts, { recursive: true });
const window = await sharedWindow(values.language ? { language: values.language } : undefined);
for (const theme of wantedThemes) {
  window.configure({
    'workbench.colorTheme': themes[theme] ?? themes.light,
    'workbench.colorCustomizations': theme === 'without-colours' ? colourless : {},
  });
  window.loaded = false; // settings hold from the next load of the page
  if (values.size) {
    const [width, height] = values.size.split('x').map(Number);
    await window.page.setViewportSize({ width, height });
  }
  for (const [name, act] of Object.entries(scenes)) {
    if (!filters.some((filter) => name.includes(filter))) continue;
    try {
      await act(window);
      // Fonts, smooth scrolling and the hover's fade are over when two pictures are equal.
      let last;
      await window
        .until(
          async () => {
            const picture = await window.page.screenshot({ caret: 'initial' });
            const same = last?.equals(picture);
            last = picture;
            return same;
          },
          'the window does not come to rest',
          15_000,
        )
        .catch(() => undefined);
      writeFileSync(join(artifacts, `${name}-${theme}${suffix}.png`), last);
      console.log(`${name}-${theme}${suffix}.png ${last.length} bytes`);
      for (const words of newWords[name] ?? [])
        console.log(`  contrast of the new words "${words}": ${(await window.contrastOf(words)).toFixed(1)}`);
    } catch (error) {
      failures.push(`${name}-${theme}${suffix}: ${error.message.split('\n')[0]}`);
      await window.screenshot(`failed-${name}-${theme}${suffix}`);
      console.log(failures.at(-1));
      window.loaded = false;
    }
    await window.press('Escape');
    const panel = window.page.locator('.part.panel');
    if (await panel.isVisible()) await window.press('Control+j');
  }
}
await closeWindows();
process.exit(failures.length === 0 ? 0 : 1);
