// What leaves the panel, and the page at every width.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { artifacts, browser, check, faults, open, posted, step } from '../visitor.mjs';
import { writeStandalone } from '../standalone.mjs';

await check('exports: JSON, SVG and PNG as files for the host', async () => {
  const page = await open('trace=mask-predict');
  for (const name of ['JSON', 'SVG', 'PNG', 'HTML'])
    await page.getByRole('button', { name: `Export as ${name}` }).press('Enter');
  await page.waitForFunction(() => window.posted.filter(({ type }) => type === 'exportPicture').length === 2);
  assert.equal((await posted(page, 'exportTrace'))[0].trace.system, 'mask-predict');
  assert.equal((await posted(page, 'exportPage'))[0].trace.system, 'mask-predict');
  const [svg, png] = await posted(page, 'exportPicture');
  assert.match(svg.data, />folder<\/text>/);
  const bytes = Buffer.from(png.data, 'base64');
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal(bytes.readUInt32BE(16), 2000, 'twice 1000 pixels wide');
  await writeFile(path.join(artifacts, 'export.png'), bytes);
  const picture = path.join(artifacts, 'export.svg');
  await writeFile(picture, svg.data);
  await page.goto(pathToFileURL(picture).href);
  assert.deepEqual(
    await page.evaluate(() => [document.documentElement.tagName, document.querySelectorAll('parsererror').length]),
    ['svg', 0],
  );
  await page.close();
});

await check('a page of its own replays the run from a file, without VS Code and without network', async () => {
  const file = await writeStandalone('mask-predict');
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, colorScheme });
    const requests = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) requests.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(pathToFileURL(file).href);
    await page.locator('.output-text').waitFor();
    assert.equal(await step(page), 'Step 6 of 6, Predict');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await step(page), 'Step 5 of 6, Predict');
    await page.locator('[data-row="draft"][data-index="7"]').focus();
    await page.locator('.popover .alternatives li').nth(3).waitFor();
    assert.equal(await page.locator('textarea, .export, .refine, .compare').count(), 0, 'nothing that needs an engine');
    assert.match(await page.locator('body').getAttribute('class'), new RegExp(`vscode-${colorScheme}`));
    assert.deepEqual(requests, []);
    await page.screenshot({ path: path.join(artifacts, `standalone-${colorScheme}.png`), fullPage: true });
    await page.close();
  }
});

await check('nothing is cut off at 320 px and at 200 % zoom', async () => {
  for (const name of ['correction', 'mask-predict', 'autoregressive']) {
    const page = await open(`trace=${name}&curve`, { viewport: { width: 320, height: 800 } });
    await page.getByLabel('Run a second time').check();
    if (name !== 'autoregressive') {
      await page.getByLabel('Run with 1, 2').check();
      await page.locator('.curve tbody tr').nth(3).waitFor();
    }
    for (const summary of await page.locator('summary').all()) await summary.press('Enter');
    await page.locator('.sides').waitFor();
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      `${name} at 320 px`,
    );
    await page.setViewportSize({ width: 1000, height: 800 });
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1),
      `${name} at 200 %`,
    );
    await page.close();
  }
});
