/** "Benchmark This Machine": what the model costs here, as a Markdown page. */
import * as vscode from 'vscode';
import type { BenchmarkResult } from '../../protocol/requests';
import { withProgress } from './messages';
import type { Services } from './services';

export async function benchmark(services: Services): Promise<void> {
  try {
    const result = await withProgress(vscode.l10n.t('Measuring this machine…'), (token) =>
      services.client.benchmark(token),
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
    [
      vscode.l10n.t('What'),
      vscode.l10n.t('Median, ms'),
      vscode.l10n.t('95th percentile, ms'),
      vscode.l10n.t('Forward passes'),
      vscode.l10n.t('Tokens'),
    ],
    ['---', '---:', '---:', '---:', '---:'],
    ...cells,
  ]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
  const title = vscode.l10n.t('Benchmark of this machine');
  return `# ${title}\n\n${vscode.l10n.t('Model {0} on {1}.', model, device)}\n\n${table}\n`;
}
