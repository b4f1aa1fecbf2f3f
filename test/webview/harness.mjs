// The visualizer's page without VS Code, under the same content policy, with a mock host and recorded traces.
//   node test/webview/harness.mjs [port]      then open http://127.0.0.1:8123/?theme=dark&trace=correction&live=400
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { themes, themeSheet } from './themes.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const traceFolders = ['test/fixtures/traces-demo', 'test/artifacts/traces'];

// As in src/extension/visualizer/visualizer-page.ts, with 'self' in the place of the webview's own source.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'nonce-harness'; connect-src 'self'; require-trusted-types-for 'script'";

function page(theme) {
  const { class: className } = themes[theme] ?? themes.dark;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Refinement Visualizer</title>
<link rel="stylesheet" href="/theme-${theme}.css"><link rel="stylesheet" href="/webview.css"></head>
<body class="${className}"><div id="app"></div>
<script nonce="harness" src="/mock-host.js"></script><script nonce="harness" src="/webview.js"></script></body></html>`;
}

async function firstFile(files) {
  for (const file of files) {
    try {
      return await readFile(path.join(root, file));
    } catch {
      /* next folder */
    }
  }
  return undefined;
}

async function answer(url) {
  const theme = url.searchParams.get('theme') ?? 'dark';
  if (url.pathname === '/') return ['text/html', page(theme)];
  const sheet = /^\/theme-([a-z-]+)\.css$/.exec(url.pathname);
  if (sheet && themes[sheet[1]]) return ['text/css', themeSheet(sheet[1])];
  if (url.pathname === '/mock-host.js') return ['text/javascript', await firstFile(['test/webview/mock-host.js'])];
  const built = /^\/webview\.(js|css)(\.map)?$/.exec(url.pathname);
  if (built) return [built[1] === 'js' ? 'text/javascript' : 'text/css', await firstFile([`dist${url.pathname}`])];
  const trace = /^\/traces\/([\w-]+)\.json$/.exec(url.pathname);
  if (trace) return ['application/json', await firstFile(traceFolders.map((folder) => `${folder}/${trace[1]}.json`))];
  return ['text/plain', undefined];
}

/** Serves the page on 127.0.0.1; port 0 takes a free one. Returns the address and a function that ends it. */
export async function startHarness(port = 0) {
  const server = createServer(async (request, response) => {
    const [type, body] = await answer(new URL(request.url, 'http://127.0.0.1'));
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await startHarness(Number(process.argv[2] ?? 8123));
  console.log(`${address}/?theme=dark&trace=correction&live=400   themes: ${Object.keys(themes).join(', ')}`);
}
