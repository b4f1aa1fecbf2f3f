/**
 * Property tests draw new cases at every run; NAR_TEST_SEED makes a run repeatable (CI sets it: a change is not judged
 * by a case that it did not bring).
 */
import fc from 'fast-check';

const { NAR_TEST_SEED: seed, NAR_TEST_RUNS: runs } = process.env;
fc.configureGlobal({ ...(seed ? { seed: Number(seed) } : {}), ...(runs ? { numRuns: Number(runs) } : {}) });
