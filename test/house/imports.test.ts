import {
  channelContract,
  levelOf,
  levels,
  onlyImportedBy,
  onlyImports,
  onlyPackages,
  packageOf,
  roomOf,
} from './rooms';
import { type Import, importsOf, sourceFiles } from './source-files';

const files = sourceFiles('src', 'entities', 'scripts', 'ormconfig.ts');
const imports = files.flatMap(importsOf);

/** Imports of ours that lead from one room into another. */
const passages = imports
  .filter(({ ours }) => ours)
  .map((each) => ({ ...each, fromRoom: roomOf(each.from), toRoom: roomOf(each.to) }))
  .filter(({ fromRoom, toRoom }) => fromRoom !== toRoom);

type Passage = (typeof passages)[number];

const said = ({ from, to }: Import) => `${from} imports ${to}`;
const packageName = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

it('finds the sources and their imports', () => {
  expect(imports).toContainEqual({ from: 'entities/tables/index.ts', to: 'src/table/declare', ours: true });
  expect(imports).toContainEqual({ from: 'src/log.ts', to: 'pino', ours: false });
});

it('has a room for every file', () => {
  expect(files.map(({ path }) => path).filter((path) => levelOf(roomOf(path)) < 0)).toEqual([]);
});

describe('imports', () => {
  it.each<[string, (passage: Passage) => boolean]>([
    ['point downwards', ({ fromRoom, toRoom }) => levelOf(fromRoom) < levelOf(toRoom)],
    [
      'of a room that may import a few only stay with these',
      ({ fromRoom, toRoom }) => onlyImports[fromRoom]?.includes(toRoom) === false,
    ],
    [
      'into a room that few may import come from these',
      ({ fromRoom, toRoom }) => onlyImportedBy[toRoom]?.includes(fromRoom) === false,
    ],
    [
      'of the channels from elsewhere see their contract only',
      ({ fromRoom, toRoom, to }) =>
        toRoom === 'channels' && !fromRoom.startsWith('channels') && !channelContract.includes(to),
    ],
  ])('%s', (_rule, breaks) => {
    expect(passages.filter(breaks).map(said)).toEqual([]);
  });

  it('make no circle of rooms', () => {
    expect(findCircles(passages)).toEqual([]);
  });
});

describe('packages', () => {
  const used = imports.filter(({ ours }) => !ours).map((each) => ({ ...each, name: packageName(each.to) }));

  it('of a room that may use a few only are these', () => {
    const wrong = used.filter(({ from, name }) => onlyPackages[roomOf(from)]?.includes(name) === false);
    expect(wrong.map(said)).toEqual([]);
  });

  it('that belong to few rooms are used there only', () => {
    const wrong = used.filter(({ from, name }) => packageOf[name]?.includes(roomOf(from)) === false);
    expect(wrong.map(said)).toEqual([]);
  });
});

describe('the table of rooms', () => {
  it('names only rooms that have a level', () => {
    const named = [onlyImports, onlyImportedBy].flatMap((rule) => [
      ...Object.keys(rule),
      ...Object.values(rule).flat(),
    ]);
    const packaged = [...Object.keys(onlyPackages), ...Object.values(packageOf).flat()];
    expect([...named, ...packaged].filter((room) => levelOf(room) < 0)).toEqual([]);
    expect(new Set(levels.flat()).size).toBe(levels.flat().length);
  });
});

describe('the search for circles', () => {
  const passage = (fromRoom: string, toRoom: string) => ({ fromRoom, toRoom });

  it.each([
    ['none in a chain', [passage('a', 'b'), passage('b', 'c'), passage('a', 'c')], []],
    ['two rooms that import each other', [passage('a', 'b'), passage('b', 'a')], ['a → b → a']],
    [
      'a longer way round',
      [passage('x', 'a'), passage('a', 'b'), passage('b', 'c'), passage('c', 'a')],
      ['a → b → c → a'],
    ],
  ])('finds %s', (_label, given, circles) => {
    expect(findCircles(given)).toEqual(circles);
  });
});

/** Every circle once, from its alphabetically first room. */
function findCircles(ways: readonly { readonly fromRoom: string; readonly toRoom: string }[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const { fromRoom, toRoom } of ways) next.set(fromRoom, (next.get(fromRoom) ?? new Set()).add(toRoom));
  const walk = (path: readonly string[]): readonly string[] => {
    const [first, last] = [path[0] ?? '', path.at(-1) ?? ''];
    return [...(next.get(last) ?? [])].flatMap((room) => {
      if (room === first) return [[...path, room].join(' → ')];
      return room > first && !path.includes(room) ? walk([...path, room]) : [];
    });
  };
  return [...next.keys()].sort().flatMap((room) => walk([room]));
}
