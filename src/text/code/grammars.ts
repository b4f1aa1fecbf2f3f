/**
 * Grammars of tree-sitter, loaded when a file of their language is first read. Loading waits for WebAssembly and
 * reading does not: whoever is about to read awaits `grammarReady` once, and readers stay plain functions.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language, Parser, Query } from '@vscode/tree-sitter-wasm';
import { type CodeFormat, isCode, type TextFormat } from '../../protocol/formats';
import { codeLanguages } from './languages';

export interface Grammar {
  parser: Parser;
  query: Query;
  /** What is captured depends on the captured node alone. */
  isOfLeaves: boolean;
}

type Library = typeof import('@vscode/tree-sitter-wasm');

const loaded = new Map<CodeFormat, Grammar>();
const loading = new Map<CodeFormat, Promise<void>>();
let library: Promise<Library> | undefined;

/** Beside the bundles; in the sources' own tree where the package lies. */
function folder(): string {
  const beside = path.join(__dirname, 'grammars');
  if (existsSync(beside)) return beside;
  return path.join(__dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');
}

async function loadLibrary(): Promise<Library> {
  const file = pathToFileURL(path.join(folder(), 'tree-sitter.js')).href;
  const module = (await import(/* @vite-ignore */ file)) as { default?: Library } & Library;
  const found = module.default ?? module;
  await found.Parser.init({ locateFile: (name: string) => path.join(folder(), name) });
  return found;
}

async function load(format: CodeFormat): Promise<void> {
  const description = codeLanguages[format];
  if (!('grammar' in description)) return;
  const { grammar, query } = description;
  const { Language: Languages, Parser: Parsers, Query: Queries } = await (library ??= loadLibrary());
  const language: Language = await Languages.load(path.join(folder(), `${grammar}.wasm`));
  const parser = new Parsers();
  parser.setLanguage(language);
  loaded.set(format, { parser, query: new Queries(language, query), isOfLeaves: !query.includes('@docstring') });
}

/**
 * Resolves when documents of the format can be read; at once for formats without a grammar.
 * @throws where the grammar's file is missing
 */
export async function grammarReady(format: TextFormat): Promise<void> {
  if (!isCode(format)) return;
  let promise = loading.get(format);
  if (promise === undefined) {
    promise = load(format);
    loading.set(format, promise);
    // A failure is told to who asked, and tried again by the next one.
    promise.catch(() => loading.delete(format));
  }
  await promise;
}

/** undefined until `grammarReady` has resolved. */
export function grammarOf(format: CodeFormat): Grammar | undefined {
  return loaded.get(format);
}
