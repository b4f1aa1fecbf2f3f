import { expect, it } from 'vitest';
import { WatchThread } from '../../../src/engine/watch-thread';

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

it('holds the event loop while a text is worked on: an empty one waits for compilers, and no beat comes', async () => {
  const thread = new WatchThread(30);
  const before = timers();
  const during = await thread.during('a text', 'its mark', async () => {
    await Promise.resolve();
    return timers();
  });
  expect(during).toBe(before + 1);
  expect(timers()).toBe(before);
  await thread.end();
});
