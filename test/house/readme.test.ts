import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { settingNames } from '../../src/config';
import { filesBelow, root } from './source-files';

const documents = [...filesBelow('README.md'), ...filesBelow('docs')]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Made by running the product, so not there in a fresh checkout. */
const made = /^(data|dist|node_modules|coverage|\.env)(\/|$)/;
const fileName = /^[\w.@\u4e00-\u9fff-]+\.(ts|tsx|mjs|js|json|md|css|html|xlsx|csv|docx|png|example)$/;
const folder = /^(\.ci|docs|entities|scripts|src|test)\/[\w./@\u4e00-\u9fff-]*$/;

function pathsNamedIn(text: string): readonly string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return spans.filter((span) => (fileName.test(span) || folder.test(span)) && !made.test(span));
}

function linksIn(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => decodeURI(target.split('#')[0] ?? ''));
}

function npmScriptsIn(text: string): readonly string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)];
  return named.map((match) => match[1] ?? match[2] ?? '');
}

function settingsIn(text: string): readonly string[] {
  return text.match(/\b(?:WECOM|DINGTALK|DATABASE|PUBLIC|LOG)_[A-Z_]+\b(?!_?\*)/g) ?? [];
}

function missingFrom(find: (text: string) => readonly string[], isThere: (named: string, document: string) => boolean) {
  return documents.flatMap(({ path, text }) =>
    find(text)
      .filter((named) => !isThere(named, path))
      .map((named) => `${path}: ${named}`),
  );
}

/** A bare file name may stand for a file anywhere: `clock.ts`. */
const everyName = new Set(
  ['.ci', 'docs', 'entities', 'scripts', 'src', 'test'].flatMap(filesBelow).map((path) => posix.basename(path)),
);

describe('the documents name only what is there', () => {
  it('files and folders', () => {
    const isThere = (named: string) => existsSync(join(root, named)) || everyName.has(named);
    expect(missingFrom(pathsNamedIn, isThere)).toEqual([]);
  });

  it('links to files', () => {
    const isThere = (target: string, document: string) => existsSync(join(root, posix.dirname(document), target));
    expect(missingFrom(linksIn, isThere)).toEqual([]);
  });

  it('npm scripts', () => {
    expect(missingFrom(npmScriptsIn, (name) => scripts[name] !== undefined)).toEqual([]);
  });

  it('settings', () => {
    const names: readonly string[] = settingNames;
    expect(missingFrom(settingsIn, (name) => names.includes(name))).toEqual([]);
  });
});

describe('the reading of a document', () => {
  it.each([
    ['a file', 'see `src/clock.ts`', ['src/clock.ts']],
    ['a folder', 'in `test/house/`', ['test/house/']],
    ['a bare file name', 'copy `.env.example`', ['.env.example']],
    ['nothing in a command', 'say `npm run roster -- import FILE`', []],
    ['nothing that a run makes', '`data/baosong.db`, `.env`', []],
    ['nothing in an address', '`/callback/wecom/app`', []],
  ])('finds %s', (_label, text, found) => {
    expect(pathsNamedIn(text)).toEqual(found);
  });

  it('finds npm scripts and links', () => {
    expect(npmScriptsIn('`npm start`, npm run check && npm test; npm install')).toEqual(['start', 'check', 'test']);
    expect(linksIn('[a](docs/a%20b.md#c) [b](https://example.cn) [c](#c)')).toEqual(['docs/a b.md']);
  });
});

it.each(Object.entries(scripts))('the npm script %s runs a file that is there: %s', (_name, command) => {
  const file = /\bnode (scripts\/[\w-]+\.mjs)/.exec(command)?.[1];
  expect(file === undefined || existsSync(join(root, file))).toBe(true);
});
