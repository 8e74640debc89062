/**
 * Makes a checkout ready to run: the right Node, the packages of package-lock.json, a build as new as its sources.
 * Plain Node without packages, since it runs before any is there. Says one line for each thing it does, else nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whatever the build reads; a change in any of them makes the build stale. */
const sources = [
  'src',
  'entities',
  'scripts',
  'ormconfig.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const stamp = join(root, 'dist', '.built');

/** Ends the process with a reason and the exit code 1. */
export function stop(reason) {
  console.error(reason);
  process.exit(1);
}

/** Runs a program in the checkout, with its output shown; stops everything when it fails. */
export function run(program, args, environment = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
    // npm is npm.cmd on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  if (result.error) stop(`${program} could not be started: ${result.error.message}`);
  if (result.status !== 0)
    stop(`${program} ${args.join(' ')} failed (${result.signal ?? `exit code ${result.status}`}).`);
}

export function requireNode() {
  const [wantedMajor, wantedMinor] = [20, 19];
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  stop(`Baosong needs Node.js ${wantedMajor}.${wantedMinor} or newer; this is ${process.versions.node}.`);
}

/** Installs the packages unless node_modules holds just the versions that package-lock.json names. */
export function installPackages() {
  if (packagesAreInstalled()) return;
  console.log('Installing packages (npm install) …');
  // Not `npm ci`: it refuses a lock file made where a mirror lacks the optional packages of other platforms.
  // --no-save leaves the lock file alone; --include=dev because the build needs them, under NODE_ENV=production too.
  run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** npm writes node_modules/.package-lock.json last, so after an installation that broke off it is not there. */
function packagesAreInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = new Map(packagesOf(installed));
  return wanted.every(([path, { version, optional }]) => {
    const found = present.get(path);
    return found ? found.version === version : optional === true;
  });
}

function packagesOf(lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return Object.entries(packages).filter(([path]) => path !== '');
}

/** Compiles the product and bundles the playground's page into dist/, unless nothing changed since the last time. */
export function build() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  const pageBuild = join('scripts', 'build-page.mjs');
  if (existsSync(join(root, pageBuild))) run(process.execPath, [pageBuild]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Changes with any source's name, size or time of writing; a file that is gone counts as a change too. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesBelow).sort()) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(join(path, name)));
}
