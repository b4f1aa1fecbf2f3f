#!/usr/bin/env node
// Does the Refinement Visualizer stay smooth? Scrubs through a synthetic trace in Chromium and counts frames: node
// bench/visualizer.mjs [tokens] [steps]
// Prints frames a second, the longest frame, and the processor time of the page's thread for a step, in the real page
// under its real content policy. On a busy machine the frames wait for the processor; the time of the thread tells what
// the page itself needs: less than 16.7 ms for 60 frames a second. Exit code 1 when it needs more.
import { startHarness } from '../test/webview/harness.mjs';
import { openBrowser } from '../test/webview/browser.mjs';
import { syntheticTrace } from './synthetic-trace.mjs';

const [tokens, steps] = [Number(process.argv[2] ?? 512), Number(process.argv[3] ?? 64)];
const frameMilliseconds = 1000 / 60;
/** Differences and alignments are worked out once: the first round is another matter than the rest. */
const rounds = [
  ['first', 1],
  ['again', 2],
];

/** In the page: every step once, forth and back, one a frame; the time between frames. */
async function scrub(times) {
  const slider = document.querySelector('.slider');
  const most = Number(slider.max);
  const order = Array.from({ length: times }, (_, round) =>
    Array.from({ length: most + 1 }, (_, step) => (round % 2 === 0 ? most - step : step)),
  ).flat();
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (const step of order) {
    slider.value = String(step);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  gaps.sort((left, right) => left - right);
  return {
    steps: order.length,
    perSecond: (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
    longest: gaps.at(-1),
    p95: gaps[Math.floor(gaps.length * 0.95)],
  };
}

/** Milliseconds of processor time so far: all of the page's thread, and of it scripts, style and layout. */
async function threadTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => 1000 * metrics.find((metric) => metric.name === name).value;
  return {
    all: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
  };
}

console.log(`${tokens} tokens, ${steps} steps`);
const harness = await startHarness();
const browser = await openBrowser();
let slow = false;
try {
  for (const kind of ['masked', 'edit']) {
    const trace = syntheticTrace({ tokens, steps, kind });
    for (const measure of ['Confidence', 'Changes']) {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      page.on('pageerror', (error) => {
        throw error;
      });
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      await page.goto(`${harness.address}/?theme=dark&empty`);
      await page.waitForSelector('.state-message');
      await page.evaluate(
        (json) => window.postMessage({ type: 'imported', name: 'synthetic.json', json }, location.origin),
        JSON.stringify(trace),
      );
      await page.waitForSelector('.output-text', { timeout: 120_000 });
      await page.getByRole('radio', { name: measure }).check();
      for (const [round, times] of rounds) {
        const before = await threadTime(session);
        const { steps: moved, perSecond, longest, p95 } = await page.evaluate(scrub, times);
        const after = await threadTime(session);
        const perStep = Object.fromEntries(
          Object.keys(before).map((name) => [name, (after[name] - before[name]) / moved]),
        );
        if (round === 'again') slow ||= perStep.all > frameMilliseconds;
        console.log(
          `${kind.padEnd(7)} ${measure.padEnd(11)} ${round}  ${perSecond.toFixed(1).padStart(5)} frames a second, longest ${longest.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; ` +
            `processor time a step ${perStep.all.toFixed(1)} ms (script ${perStep.script.toFixed(1)}, style and layout ${perStep.layout.toFixed(1)})`,
        );
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  await harness.stop();
}
process.exitCode = slow ? 1 : 0;
