/**
 * Property tests draw new cases at every run; NAR_TEST_SEED makes a run repeatable (CI sets it: a change is not judged
 * by a case that it did not bring).
 *
 * After each test the event loop turns once: a file of many tests that never wait would keep the worker from reading
 * what the runner answers, and on a slow machine the runner calls that an error of the whole run after a minute.
 */
import fc from 'fast-check';
import { afterEach } from 'vitest';

const { NAR_TEST_SEED: seed, NAR_TEST_RUNS: runs } = process.env;
fc.configureGlobal({ ...(seed ? { seed: Number(seed) } : {}), ...(runs ? { numRuns: Number(runs) } : {}) });

afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)));
