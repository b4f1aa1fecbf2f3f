/** Texts of the interface as the sources have them, found in the syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..', '..', 'src');

function visitFolder(folder: string, visit: (node: ts.Node, file: ts.SourceFile) => void): void {
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name)) continue;
    const text = readFileSync(join(root, folder, name), 'utf8');
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const each = (node: ts.Node): void => {
      visit(node, file);
      ts.forEachChild(node, each);
    };
    each(file);
  }
}

const literalsIn = (node: ts.Node): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isConditionalExpression(node) ? [...literalsIn(node.whenTrue), ...literalsIn(node.whenFalse)] : [];
};

/** First arguments of `vscode.l10n.t` in the extension. */
export function textsOfExtension(): string[] {
  const found = new Set<string>();
  visitFolder('extension', (node, file) => {
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'vscode.l10n.t' && node.arguments[0])
      for (const text of literalsIn(node.arguments[0])) found.add(text);
  });
  return [...found];
}

/** What the visualizer's page gives to `t`, `rich` and `count`. */
export function textsOfPage(): string[] {
  const found = new Set<string>();
  visitFolder('webview', (node, file) => {
    if (!ts.isCallExpression(node)) return;
    const called = node.expression.getText(file);
    const [first, one, many] = node.arguments;
    if ((called === 't' || called === 'rich') && first) for (const text of literalsIn(first)) found.add(text);
    if (called === 'count' && one && ts.isStringLiteral(one)) {
      found.add(`{0} ${one.text}`);
      found.add(`{0} ${many && ts.isStringLiteral(many) ? many.text : `${one.text}s`}`);
    }
  });
  return [...found];
}

const wordy = (text: string): boolean => /\p{L}{2}/u.test(text);
/** Names of styles with a hyphen among them. */
const classNames = /^[a-z -]*[a-z]-[a-z -]*$/;
/** Two words with a blank between: no name, no key, no selector of one part. */
const sentence = (text: string): boolean => /\p{L}{2,}[^\p{L}]* \p{L}{2,}/u.test(text) && !classNames.test(text);
const attributesThatAreRead = ['title', 'aria-label', 'aria-valuetext', 'aria-roledescription', 'placeholder', 'alt'];
/** Arguments of these are no texts. */
const forTheBrowser =
  /(?:^t|^rich|^count|\.(?:querySelector(?:All)?|closest|matches|getContext|setAttribute)|matchMedia)$/;
const notRead = ['class', 'className', 'd', 'viewBox', 'preserveAspectRatio', 'style', 'key', 'id', 'points'];
/** Marks for SVG and fonts; the sentences that the page offers to correct, which must stay English. */
const noTexts = ['logic/svg.ts', 'logic/drawing.ts', 'view/parts/icons.tsx', 'keys.ts'];
const examples = 'view/parts/state-message.tsx';

const within = (node: ts.Node, matches: (parent: ts.Node) => boolean): boolean => {
  for (let at: ts.Node | undefined = node.parent; at && !ts.isStatement(at); at = at.parent)
    if (matches(at)) return true;
  return false;
};

/** Texts in the page's sources that somebody reads and that do not go through the bundle, with their places. */
export function textsPastTheBundle(): string[] {
  const found: string[] = [];
  visitFolder('webview', (node, file) => {
    const name = file.fileName.replaceAll('\\', '/');
    const tell = (text: string) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${name}:${line + 1} ${text.trim().replace(/\s+/g, ' ')}`);
    };
    if (noTexts.includes(name)) return;
    if (ts.isJsxText(node) && wordy(node.text)) return tell(node.text);
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (!isText || within(node, (at) => ts.isImportDeclaration(at) || ts.isTypeNode(at))) return;
    const text = (node as ts.LiteralLikeNode).text;
    const calledWith = (at: ts.Node) => ts.isCallExpression(at) && forTheBrowser.test(at.expression.getText(file));
    const attribute = (names: readonly string[]) => (at: ts.Node) =>
      ts.isJsxAttribute(at) && names.includes(at.name.getText(file));
    if (within(node, calledWith) || within(node, attribute(notRead))) return;
    const readAloud =
      within(node, attribute(attributesThatAreRead)) && wordy(text) && !ts.isBinaryExpression(node.parent);
    const offered = name === examples && ts.isArrayLiteralExpression(node.parent);
    if ((readAloud || sentence(text)) && !offered) tell(text);
  });
  return found;
}
