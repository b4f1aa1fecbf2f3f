// The page of its own that the extension writes for a trace.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { artifacts, root } from './visitor.mjs';

/** The page that the extension writes for one of the demo traces; its path. */
export async function writeStandalone(name) {
  const outfile = path.join(artifacts, 'standalone.mjs');
  await build({
    entryPoints: [path.join(root, 'src/extension/visualizer/visualizer-standalone.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const { standalonePage } = await import(pathToFileURL(outfile).href);
  const read = (file) => readFile(path.join(root, file), 'utf8');
  const [replay, panel, theme, style, trace] = await Promise.all(
    [
      'dist/replay.js',
      'dist/webview.js',
      'dist/replay.css',
      'dist/webview.css',
      `test/fixtures/traces-demo/${name}.json`,
    ].map(read),
  );
  const file = path.join(artifacts, 'standalone.html');
  await writeFile(
    file,
    standalonePage(JSON.parse(trace), `${name}.json`, {
      scripts: [replay, panel],
      styles: [theme, style],
      texts: { language: 'en', texts: {} },
      title: name,
    }),
  );
  return file;
}
