// Pictures of the panel for a person to look at: node test/webview/screenshots.mjs [name filter] [themes]; they land in
// test/artifacts/visualizer/.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { startHarness } from './harness.mjs';
import { openBrowser } from './browser.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../artifacts/visualizer');
const filter = process.argv[2] ?? '';
const everyTheme = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

/** Name, query, and what to do before the picture; it may write others with `file(part)`. */
const scenes = [
  ['correction-fill', 'trace=correction', async () => undefined],
  [
    'correction-place',
    'trace=correction',
    async (page) => {
      await page.keyboard.press('ArrowLeft');
    },
  ],
  ['mask-predict', 'trace=mask-predict', async () => undefined],
  [
    'mask-predict-mask',
    'trace=mask-predict',
    async (page) => {
      await page.keyboard.press('Home');
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    },
  ],
  [
    'popover',
    'trace=correction',
    async (page) => {
      await page.getByLabel('Digits').check();
      await page.locator('[data-row="draft"]').filter({ hasText: /^es/ }).first().focus();
    },
  ],
  [
    'autoregressive',
    'trace=autoregressive',
    async (page) => {
      await page.keyboard.press('ArrowLeft');
    },
  ],
  // Recorded by the command line where someone put them: nar-text trace ... > test/artifacts/traces/real-<decoder>.json
  ...['levenshtein', 'mask-predict', 'mist', 'single-pass', 'autoregressive', 'fast-correct']
    .filter((decoder) => existsSync(path.join(folder, `../traces/real-${decoder}.json`)))
    .map((decoder) => [`real-${decoder}`, `trace=real-${decoder}`, async () => undefined]),
  [
    'options',
    'trace=mask-predict',
    async (page) => {
      await page.locator('.options summary').press('Enter');
      await page.getByLabel('Length beam').fill('12');
      await page.getByLabel('Re-ranking').fill('0,5');
      await page.getByLabel('Copy the source').check();
    },
  ],
  [
    'options-dream',
    'trace=mask-predict',
    async (page) => {
      await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('dream');
      await page.locator('.options summary').press('Enter');
      await page.getByRole('combobox', { name: 'Order', exact: true }).selectOption('margin');
    },
  ],
  [
    'locks-lost',
    'trace=correction',
    async (page) => {
      await page.locator('[data-row="source"][data-index="2"]').focus();
      await page.keyboard.press('l');
      await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('mask-predict');
      await page.locator('[data-row="source"][data-index="2"]').focus();
    },
  ],
  [
    'round',
    'trace=correction',
    async (page) => {
      await page.getByText('in three rows').press('Enter');
    },
  ],
  [
    'attention',
    'trace=autoregressive',
    async (page) => {
      await page.keyboard.press('ArrowLeft');
      await page.getByText('Who sees whom').press('Enter');
    },
  ],
  ...['semi-autoregressive', 'blockwise-parallel']
    .filter((decoder) => existsSync(path.join(folder, `../traces/real-${decoder}.json`)))
    .map((decoder) => [
      `attention-${decoder}`,
      `trace=real-${decoder}`,
      async (page) => {
        await page.keyboard.press('ArrowLeft');
        await page.getByText('Who sees whom').press('Enter');
      },
    ]),
  [
    'compare',
    'trace=mask-predict',
    async (page) => {
      await page.getByLabel('Run a second time').check();
      await page.getByLabel('Method to compare with').selectOption('autoregressive');
      await page.locator('.sides').waitFor();
      await page.keyboard.press('Home');
    },
  ],
  [
    'compare-failed',
    'trace=mask-predict&sideFail',
    async (page) => {
      await page.getByLabel('Run a second time').check();
    },
  ],
  [
    'fixes',
    'trace=correction',
    async (page) => {
      await page.locator('.threshold-slider input').fill('25');
      await page.locator('.threshold-slider input').focus();
    },
  ],
  [
    'branch',
    'trace=mask-predict',
    async (page) => {
      for (const index of [3, 7]) {
        await page.locator(`[data-row="draft"][data-index="${index}"]`).focus();
        await page.keyboard.press('l');
      }
      await page.getByRole('button', { name: 'Refine from this step' }).press('Enter');
      await page.getByText('Branched off').waitFor();
      for (const index of [3, 7]) {
        await page.locator(`[data-row="draft"][data-index="${index}"]`).focus();
        await page.keyboard.press('l');
      }
    },
  ],
  [
    'colour-changes',
    'trace=mask-predict',
    async (page) => {
      await page.getByLabel('Digits').check();
      await page.getByRole('radio', { name: 'Changes' }).check();
    },
  ],
  [
    'colour-age',
    'trace=mask-predict',
    async (page) => {
      await page.getByLabel('Digits').check();
      await page.getByRole('radio', { name: 'Age' }).check();
    },
  ],
  [
    'curve',
    'trace=mask-predict&curve',
    async (page) => {
      await page.getByLabel('Run with 1, 2').check();
      await page.locator('.curve tbody tr').nth(3).waitFor();
    },
  ],
  [
    'lattice',
    'trace=crf',
    async (page) => {
      await page.keyboard.press('ArrowLeft');
    },
  ],
  ['modes', 'trace=crf', async () => undefined],
  [
    'insertion',
    'trace=insertion',
    async (page) => {
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
    },
  ],
  [
    'exported',
    'trace=correction',
    async (page, file) => {
      await page.getByRole('button', { name: 'Export as PNG' }).press('Enter');
      await page.waitForFunction(() => window.posted.some(({ type }) => type === 'exportPicture'));
      const [{ data }] = await page.evaluate(() => window.posted.filter(({ type }) => type === 'exportPicture'));
      await writeFile(file('png-picture'), Buffer.from(data.replace(/^data:image\/png;base64,/, ''), 'base64'));
    },
  ],
  ['empty', 'empty', async () => undefined],
  ['failed', 'fail', async () => undefined],
  ['waiting', 'wait', async () => undefined],
];

await mkdir(folder, { recursive: true });
const harness = await startHarness();
const browser = await openBrowser();
try {
  for (const [name, query, act] of scenes.filter(([name]) => name.includes(filter))) {
    const themes =
      process.argv[3]?.split(',') ??
      (['empty', 'failed', 'waiting'].includes(name) || name.startsWith('real') ? ['dark', 'light'] : everyTheme);
    for (const theme of themes) {
      for (const width of [1000, 360]) {
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        page.on('console', (message) => {
          if (message.type() === 'error') console.log(`${name} ${theme}: ${message.text()}`);
        });
        page.on('pageerror', (error) => console.log(`${name} ${theme}: ${error.message}`));
        await page.goto(`${harness.address}/?theme=${theme}&${query}`);
        await page.waitForSelector(query.startsWith('trace=') ? '.output-text:not(:has(.quiet))' : '.state-message');
        await page.waitForTimeout(100);
        await act(page, (part) => path.join(folder, `${name}-${theme}-${part}.png`));
        await page.waitForTimeout(250);
        await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) console.log(`${name} ${theme} ${width}: ${overflow} px too wide`);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  await harness.stop();
}
