/** nar-text bench: how fast this machine answers, with the model that is installed. */
import type { BenchmarkResult } from '../../protocol/requests';
import { exitCodes, print, type Session } from '../session';

export function table({ model, device, rows }: BenchmarkResult): string {
  const cells = rows.map((row) => [
    row.name,
    row.medianMilliseconds.toFixed(2),
    row.p95Milliseconds.toFixed(2),
    String(row.passes),
    String(row.tokens),
  ]);
  const all = [['', 'median ms', 'p95 ms', 'passes', 'tokens'], ...cells];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
  return `${model} on ${device}\n${lines.join('\n')}\n`;
}

export async function benchCommand({ line, engine }: Session): Promise<number> {
  const result = await engine.benchmark();
  await print(line.json ? `${JSON.stringify(result)}\n` : table(result));
  return exitCodes.done;
}
