/** Bundles the playground's page into dist/page, or into the folder given. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'src', 'channels', 'playground', 'page');
const folder = resolve(process.argv[2] ?? join(root, 'dist', 'page'));

await build({
  entryPoints: { chat: join(page, 'main.tsx'), style: join(page, 'style.css') },
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'iife',
  // Office computers run browsers built on Chromium of some years ago.
  target: ['chrome87', 'firefox88', 'safari15'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfig: join(page, 'tsconfig.json'),
  logLevel: 'warning',
});
mkdirSync(folder, { recursive: true });
for (const name of ['index.html', 'icon.svg']) copyFileSync(join(page, name), join(folder, name));
