/** What `npm pack` takes: all that command line and server read, and nothing that only the repository needs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.join(__dirname, '../../..');
let files: string[];
let bytes: number;
beforeAll(() => {
  // The bundles are made by `prepack`, which is left out here: whatever is built lies in dist.
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [packed] = JSON.parse(stdout) as { files: { path: string }[]; size: number }[];
  files = packed!.files.map((file) => file.path);
  bytes = packed!.size;
});

describe('the npm package', () => {
  it('holds what runs', () => {
    const { bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    const grammars = readFileSync(path.join(root, 'src/text/code/languages.ts'), 'utf8').match(
      /tree-sitter-[a-z-]+(?=')/g,
    )!;
    const wanted = [
      ...Object.values(bin).map((file) => path.posix.normalize(file)),
      'dist/server.js',
      'dist/grammars/tree-sitter.wasm',
      ...grammars.map((name) => `dist/grammars/${name}.wasm`),
      'models/nar-base/manifest.json',
      'models/nar-base/onnx/model_int8.onnx',
      'models/lexicon/misspellings.tsv',
      'schemas/project.schema.json',
      'schemas/corrections.schema.json',
    ];
    // A clone that was not built has no bundles yet.
    const built = wanted.filter((file) => !file.startsWith('dist/') || existsSync(path.join(root, file)));
    expect(built.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('holds nothing else', () => {
    const strange = files.filter(
      (file) =>
        !/^(?:dist\/(?:cli|server)\.js|dist\/grammars\/[\w-]+(?:\.[\w-]+)*\.(?:js|wasm)|schemas\/[\w.]+\.json|docs\/\w+\.md|package\.json|[A-Z-]+(?:\.md)?)$/.test(
          file,
        ) && !file.startsWith('models/'),
    );
    expect(strange).toEqual([]);
    expect(files.filter((file) => file.endsWith('_fp16.onnx'))).toEqual([]);
    expect(bytes).toBeLessThan(30_000_000);
  });
});
