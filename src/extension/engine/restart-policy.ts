/**
 * When a dead engine is started again: exponential back-off, and an end when it dies too often. Pure,
 * so that time can be injected.
 */

export interface RestartLimits {
  /** At most this many restarts within `windowMilliseconds`. */
  restarts: number;
  windowMilliseconds: number;
  /** Delay before the first restart; each further one within the window doubles it. */
  firstDelay: number;
  longestDelay: number;
}

export const defaultRestartLimits: RestartLimits = {
  restarts: 5,
  windowMilliseconds: 180_000,
  firstDelay: 500,
  longestDelay: 4_000,
};

export class RestartPolicy {
  private deaths: number[] = [];

  constructor(
    private readonly limits: RestartLimits = defaultRestartLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** Call once a death. Milliseconds to wait before the next start, or undefined: give up and ask the user. */
  afterDeath(): number | undefined {
    const now = this.now();
    this.deaths = this.deaths.filter((time) => now - time < this.limits.windowMilliseconds);
    this.deaths.push(now);
    if (this.deaths.length > this.limits.restarts) return undefined;
    return Math.min(this.limits.firstDelay * 2 ** (this.deaths.length - 1), this.limits.longestDelay);
  }

  /** The user asked for a restart: forget earlier deaths. */
  reset(): void {
    this.deaths = [];
  }
}
