/**
 * Milliseconds that this process itself has the processor while `run` runs: what other programs do beside it does not
 * count, so a limit on it holds on a busy machine too.
 */
export function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
