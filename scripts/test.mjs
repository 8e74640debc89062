/**
 * `npm test [-- JEST ARGUMENTS]`: installs what the tests need, builds, and runs them all. Besides the packages that is a
 * MariaDB server, of which the tests start a private instance, and a Chromium with Chinese fonts for the playground.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build, installPackages, requireNode, root, run, stop } from './prepare.mjs';

/** The -core packages are the programs alone: no service that starts by itself and takes port 3306. */
const needs = [
  { program: 'mariadbd', packages: ['mariadb-server-core', 'mariadb-client-core'] },
  { program: 'mariadb-install-db', packages: ['mariadb-server-core', 'mariadb-client-core'] },
  { program: 'chromium', packages: ['chromium', 'fonts-noto-cjk'] },
];

function isThere(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

function installPrograms() {
  const missing = needs.filter(({ program }) => !isThere(program));
  if (missing.length === 0) return;
  const names = missing.map(({ program }) => program).join(', ');
  const packages = [...new Set(missing.flatMap((need) => need.packages))];
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    stop(`The tests need ${names}. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`);
  }
  console.log(`Installing ${packages.join(', ')} (apt-get) …`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], environment);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], environment);
  const still = missing.filter(({ program }) => !isThere(program));
  if (still.length > 0) stop(`Installed, but still not found: ${still.map(({ program }) => program).join(', ')}.`);
}

requireNode();
installPackages();
installPrograms();
build();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // In a locale without Unicode, Chromium calls every file with a Chinese name "download".
  env: { ...process.env, LC_ALL: 'C.UTF-8' },
});
process.exitCode = status ?? 1;
