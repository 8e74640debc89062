/**
 * `npm start`: makes the checkout ready and runs the service in this same process, so that the signals which npm or a
 * supervisor sends reach the service itself. For the same reason package.json says `exec`: without it npm signals a shell,
 * which dies and leaves the service behind.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, installPackages, requireNode, root } from './prepare.mjs';

requireNode();
installPackages();
build();
process.chdir(root);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href);
