/** Programming languages whose comments are read: a grammar of tree-sitter and what in it is prose, or a scanner. */
import type { CodeFormat } from '../../protocol/formats';
import { lexicalComments, type SourceRange } from './lexical-rules';

export interface GrammarLanguage {
  /** File of @vscode/tree-sitter-wasm without its ending. */
  grammar: string;
  /** Captures: `comment`; `docstring`, a string that stands for one; `text` between tags. */
  query: string;
  /** From slash and star to star and slash. */
  hasBlockComments?: true;
}

export interface LexicalLanguage {
  /** Source ranges of the comments, sorted. */
  comments(source: string): SourceRange[];
}

const comments = '(comment) @comment';
const bothComments = '[(line_comment) (block_comment)] @comment';
const docstrings = [
  '(module . (comment)* . (expression_statement . (string) @docstring .))',
  '(class_definition body: (block . (comment)* . (expression_statement . (string) @docstring .)))',
  '(function_definition body: (block . (comment)* . (expression_statement . (string) @docstring .)))',
].join('\n');

export const codeLanguages: Record<CodeFormat, GrammarLanguage | LexicalLanguage> = {
  python: { grammar: 'tree-sitter-python', query: `${comments}\n${docstrings}` },
  javascript: { grammar: 'tree-sitter-javascript', query: `${comments}\n(jsx_text) @text`, hasBlockComments: true },
  typescript: { grammar: 'tree-sitter-typescript', query: comments, hasBlockComments: true },
  tsx: { grammar: 'tree-sitter-tsx', query: `${comments}\n(jsx_text) @text`, hasBlockComments: true },
  go: { grammar: 'tree-sitter-go', query: comments, hasBlockComments: true },
  rust: { grammar: 'tree-sitter-rust', query: bothComments, hasBlockComments: true },
  java: { grammar: 'tree-sitter-java', query: bothComments, hasBlockComments: true },
  cpp: { grammar: 'tree-sitter-cpp', query: comments, hasBlockComments: true },
  csharp: { grammar: 'tree-sitter-c-sharp', query: comments, hasBlockComments: true },
  ruby: { grammar: 'tree-sitter-ruby', query: comments },
  php: { grammar: 'tree-sitter-php', query: comments, hasBlockComments: true },
  shell: { grammar: 'tree-sitter-bash', query: comments },
  css: { grammar: 'tree-sitter-css', query: comments, hasBlockComments: true },
  // Its grammar keeps a processor busy for half a minute: V8 compiles the lexer in the background.
  powershell: { comments: lexicalComments.powershell },
  kotlin: { comments: lexicalComments.kotlin },
  swift: { comments: lexicalComments.swift },
  lua: { comments: lexicalComments.lua },
  sql: { comments: lexicalComments.sql },
  yaml: { comments: lexicalComments.yaml },
  toml: { comments: lexicalComments.toml },
};
