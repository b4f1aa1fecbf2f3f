// The panel used with the keyboard only, in a real browser under the real content policy: node
// test/webview/walkthrough.mjs [part of a check's name]
// Exit code 1 at the first thing that does not work.
import { leave } from './visitor.mjs';

try {
  for (const name of ['tokens', 'form', 'runs', 'views', 'pages']) await import(`./checks/${name}.mjs`);
} finally {
  await leave();
}
