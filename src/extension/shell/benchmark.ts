/** "Benchmark This Machine": what the model costs here, as a Markdown page. */
import * as vscode from 'vscode';
import type { BenchmarkResult } from '../../protocol/requests';
import { withProgress } from './messages';
import type { Services } from './services';

export async function benchmark(services: Services): Promise<void> {
  try {
    const result = await withProgress(
      vscode.l10n.t('Measuring this machine…'),
      (token) => services.client.benchmark(token),
      0,
    );
    const uri = services.virtualDocuments.create('report', 'Benchmark.md', benchmarkPage(result));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  } catch (error) {
    services.messages.failure(error, () => benchmark(services));
  }
}

function benchmarkPage({ model, device, rows }: BenchmarkResult): string {
  const cells = rows.map(({ name, medianMilliseconds, p95Milliseconds, passes, tokens }) => [
    name,
    medianMilliseconds.toFixed(1),
    p95Milliseconds.toFixed(1),
    String(passes),
    String(tokens),
  ]);
  const table = [
    ['What', 'Median, ms', '95th percentile, ms', 'Forward passes', 'Tokens'],
    ['---', '---:', '---:', '---:', '---:'],
    ...cells,
  ]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
  return `# Benchmark of this machine\n\nModel ${model} on ${device}.\n\n${table}\n`;
}
