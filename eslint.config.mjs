// Besides the usual checks: the rooms under src/ and which of them may import which (ARCHITECTURE.md). Dependencies point inward.
import tseslint from 'typescript-eslint';

const rooms = {
  protocol: [],
  text: ['protocol'],
  decode: ['protocol'],
  engine: ['protocol', 'text', 'decode'],
  server: ['protocol', 'text', 'engine'],
  cli: ['protocol', 'text', 'engine'],
  extension: ['protocol', 'text'],
  webview: ['protocol'],
};
const all = Object.keys(rooms);
const runtimes = ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'training', 'test/artifacts'] },
  ...tseslint.configs.recommended,
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }], eqeqeq: 'error', 'no-console': 'error' } },
  ...Object.entries(rooms).map(([room, allowed]) => ({
    files: [`src/${room}/**/*.{ts,tsx}`],
    ignores: room === 'engine' ? ['src/engine/runtime.ts'] : [],
    rules: {
      'no-restricted-imports': ['error', {
        paths: [
          ...runtimes.map((name) => ({ name, message: 'Only src/engine/runtime.ts opens ONNX Runtime.' })),
          ...(room === 'extension' ? [] : [{ name: 'vscode', message: 'Only src/extension imports vscode.' }]),
        ],
        patterns: all.filter((other) => other !== room && !allowed.includes(other)).map((other) => ({
          group: [`../${other}/*`, `../../${other}/*`, `**/src/${other}/*`], message: `src/${room} must not import src/${other}: dependencies point inward (ARCHITECTURE.md).`,
        })),
      }],
    },
  })),
  { files: ['src/cli/**', 'test/**', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
);
