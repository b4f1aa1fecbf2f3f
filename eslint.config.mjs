// Besides the usual checks: the rooms under src/ and which of them may import which
// (ARCHITECTURE.md). Dependencies point inward.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const rooms = {
  protocol: [],
  text: ['protocol'],
  english: ['protocol', 'text'],
  decode: ['protocol'],
  engine: ['protocol', 'text', 'english', 'decode'],
  project: ['protocol'],
  server: ['protocol', 'text', 'engine', 'project'],
  cli: ['protocol', 'text', 'engine', 'project'],
  extension: ['protocol', 'project'],
  webview: ['protocol'],
};
const source = fileURLToPath(new URL('src', import.meta.url));
const runtimes = ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common'];

/**
 * The room of a file under src/; undefined elsewhere. Folders of a room may have the name of
 * another room, so the path decides.
 */
function roomOf(file) {
  const [room] = path.relative(source, file).split(path.sep);
  return room in rooms ? room : undefined;
}

const inward = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { inward: 'src/{{from}} must not import src/{{to}}: dependencies point inward (ARCHITECTURE.md).' },
  },
  create(context) {
    const from = roomOf(context.filename);
    const check = ({ source: asked }) => {
      if (!from || typeof asked?.value !== 'string' || !asked.value.startsWith('.')) return;
      const to = roomOf(path.resolve(path.dirname(context.filename), asked.value));
      if (to && to !== from && !rooms[from].includes(to))
        context.report({ node: asked, messageId: 'inward', data: { from, to } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'training', 'test/artifacts', 'test/fixtures'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
      // The formatter breaks code; strings may be longer, comments are broken by hand.
      'max-len': [
        'error',
        { code: 1000, comments: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true },
      ],
    },
  },
  {
    // A text may be as long and as odd as it likes: no expression's time grows faster than the text.
    files: ['src/**/*.{ts,tsx}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { rooms: { rules: { inward } } },
    rules: { 'rooms/inward': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/engine/model/runtime.ts', 'src/extension/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...runtimes.map((name) => ({ name, message: 'Only src/engine/model/runtime.ts opens ONNX Runtime.' })),
            { name: 'vscode', message: 'Only src/extension imports vscode.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/extension/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: runtimes.map((name) => ({ name, message: 'Only src/engine/model/runtime.ts opens ONNX Runtime.' })) },
      ],
    },
  },
  {
    files: ['src/engine/model/runtime.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only src/extension imports vscode.' }] },
      ],
    },
  },
  { files: ['src/cli/**', 'test/**', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
