import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/engine/errors';
import { LatestOnly, SerialQueue, priorities, type Priority } from '../../../src/engine/queue';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SerialQueue', () => {
  it('runs typing before command before background, and in order within one priority', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const add = (priority: Priority, name: string): Promise<void> =>
      queue.run(priority, async () => {
        await later();
        order.push(name);
      });
    await Promise.all([
      add('background', 'first, it was alone'),
      add('background', 'b1'),
      add('command', 'c1'),
      add('typing', 't1'),
      add('command', 'c2'),
      add('typing', 't2'),
      add('background', 'b2'),
    ]);
    expect(order).toEqual(['first, it was alone', 't1', 't2', 'c1', 'c2', 'b1', 'b2']);
  });

  it('never runs two pieces of work at once, whatever arrives, and finishes all of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ priority: fc.constantFrom(...priorities), waits: fc.nat(3), fails: fc.boolean() }), {
          maxLength: 30,
        }),
        async (jobs) => {
          const queue = new SerialQueue();
          let running = 0;
          let most = 0;
          const outcomes = await Promise.allSettled(
            jobs.map(({ priority, waits, fails }) =>
              queue.run(priority, async () => {
                most = Math.max(most, ++running);
                for (let wait = 0; wait < waits; wait++) await later();
                running--;
                if (fails) throw new Error('wanted');
                return waits;
              }),
            ),
          );
          expect(most).toBeLessThanOrEqual(1);
          expect(outcomes.map((outcome) => outcome.status === 'rejected')).toEqual(jobs.map((job) => job.fails));
          expect(queue.length).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes work that arrives while an earlier piece runs ahead of waiting background work', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const background = [1, 2, 3].map((number) =>
      queue.run('background', async () => {
        await later();
        order.push(`background ${number}`);
        if (number === 1) void queue.run('typing', async () => void order.push('typing'));
      }),
    );
    await Promise.all(background);
    expect(order).toEqual(['background 1', 'typing', 'background 2', 'background 3']);
  });

  it('rejects cancelled work before it starts and lets the rest go on', async () => {
    const queue = new SerialQueue();
    const controller = new AbortController();
    let ran = false;
    const first = queue.run('command', later);
    const cancelled = queue.run('command', async () => void (ran = true), controller.signal);
    const last = queue.run('command', async () => 'last');
    controller.abort();
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
    await first;
    await expect(last).resolves.toBe('last');
    expect(ran).toBe(false);
    await expect(queue.run('typing', async () => 1, controller.signal)).rejects.toBeInstanceOf(CancelledError);
  });

  it('finishes work whose signal aborts while it runs', async () => {
    const queue = new SerialQueue();
    const controller = new AbortController();
    const result = queue.run(
      'command',
      async () => {
        controller.abort();
        await later();
        return 'whole';
      },
      controller.signal,
    );
    await expect(result).resolves.toBe('whole');
  });
});

describe('LatestOnly', () => {
  it('cancels the older request of the same document only', () => {
    const latest = new LatestOnly();
    const first = latest.begin('a');
    const other = latest.begin('b');
    const second = latest.begin('a');
    expect([first.signal.aborted, other.signal.aborted, second.signal.aborted]).toEqual([true, false, false]);
    first.done(); // The end of the older one must not forget the newer one.
    const third = latest.begin('a');
    expect([second.signal.aborted, third.signal.aborted]).toEqual([true, false]);
  });

  it("follows the caller's own signal", () => {
    const latest = new LatestOnly();
    const controller = new AbortController();
    const { signal } = latest.begin('a', controller.signal);
    controller.abort();
    expect(signal.aborted).toBe(true);
    expect(latest.begin('b', controller.signal).signal.aborted).toBe(true);
  });
});
