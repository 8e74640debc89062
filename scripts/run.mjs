/**
 * Runs one of the TypeScript scripts of this folder: `node scripts/run.mjs roster import FILE`. Makes the checkout ready
 * first; the script then sees its own arguments from `process.argv[2]` on, as if Node had started it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, installPackages, requireNode, root, stop } from './prepare.mjs';

const [name = '', ...args] = process.argv.slice(2);
if (!/^[a-z-]+$/.test(name) || !existsSync(join(root, 'scripts', `${name}.ts`))) {
  stop(`There is no script "${name}" in scripts/.`);
}

requireNode();
installPackages();
build();
process.setSourceMapsEnabled(true);
const script = join(root, 'dist', 'scripts', `${name}.js`);
process.argv = [process.execPath, script, ...args];
await import(pathToFileURL(script).href);
