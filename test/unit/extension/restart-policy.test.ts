import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRestartLimits, RestartPolicy } from '../../../src/extension/engine/restart-policy';

describe('the restart policy', () => {
  it('doubles the delay up to the longest, then gives up', () => {
    const policy = new RestartPolicy(defaultRestartLimits, () => 0);
    expect([1, 2, 3, 4, 5, 6].map(() => policy.afterDeath())).toEqual([500, 1000, 2000, 4000, 4000, undefined]);
  });

  it('forgets deaths that are longer ago than the window', () => {
    let now = 0;
    const policy = new RestartPolicy(defaultRestartLimits, () => now);
    for (let day = 0; day < 20; day++) {
      expect(policy.afterDeath()).toBe(500);
      now += defaultRestartLimits.windowMilliseconds;
    }
  });

  it('starts afresh when the user restarts', () => {
    const policy = new RestartPolicy(defaultRestartLimits, () => 0);
    for (let death = 0; death < 6; death++) policy.afterDeath();
    policy.reset();
    expect(policy.afterDeath()).toBe(500);
  });

  it('never restarts more often within a window than allowed, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { maxLength: 60 }), (gaps) => {
        let now = 0;
        const policy = new RestartPolicy(defaultRestartLimits, () => now);
        const restarts: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (policy.afterDeath() !== undefined) restarts.push(now);
        }
        for (const time of restarts) {
          expect(
            restarts.filter((other) => other <= time && time - other < defaultRestartLimits.windowMilliseconds).length,
          ).toBeLessThanOrEqual(defaultRestartLimits.restarts);
        }
      }),
    );
  });
});
