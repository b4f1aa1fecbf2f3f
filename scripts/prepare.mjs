// npm runs this wherever it makes a package of the repository itself. Whoever installs that globally, as pre-commit
// does for a hook, gets no development dependencies for it (npm takes --global for the preparation, too), and without
// them there is no build: here they are installed into the clone, and the bundles made. In a working copy nothing
// happens.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
if (process.env.npm_config_global === 'true' && !existsSync(path.join(root, 'dist/cli.js'))) {
  // Where the outer installation goes is no matter of this one.
  const inherited = /^npm_config_(?:global|prefix|local_prefix|global_prefix|location|install_links|omit|include)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  const run = (command, args) => {
    const { status } = spawnSync(command, args, {
      cwd: root,
      env,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) process.exit(status ?? 1);
  };
  run('npm', ['ci', '--ignore-scripts', '--include=dev']);
  run(process.execPath, [path.join(root, 'esbuild.js'), '--minify']);
}
