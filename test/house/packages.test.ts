import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, importsOf, root, sourceFiles } from './source-files';

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const own = readJson('package.json') as Package;
const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, Package>> };

it('package-lock.json was made for this package.json', () => {
  expect(packages['']).toMatchObject({ dependencies: own.dependencies, devDependencies: own.devDependencies });
});

it('the product runs on its dependencies alone, without those for development', () => {
  const product = sourceFiles('src', 'entities', 'ormconfig.ts').filter(
    // The page is bundled at build time.
    ({ path }) => !path.startsWith('src/channels/playground/page/'),
  );
  const used = product.flatMap(importsOf).filter(({ ours, to }) => !ours && !to.startsWith('node:'));
  const missing = used.filter(({ to }) => {
    const name = /^(@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to;
    return own.dependencies[name] === undefined;
  });
  expect(missing.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

it('every dependency is named by some source', () => {
  // Not only imported: TypeORM loads the MySQL driver by its name.
  const text = sourceFiles('src', 'entities', 'scripts', 'ormconfig.ts').map(codeOf).join('\n');
  const idle = Object.keys(own.dependencies).filter(
    (name) => !text.includes(`'${name}'`) && !text.includes(`'${name}/`),
  );
  expect(idle).toEqual([]);
});
