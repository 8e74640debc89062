import { codeOf, sourceFiles } from './source-files';

/** What only one place may do, since everything else would be untestable or unsafe with it. */
const seams: readonly { rule: string; pattern: RegExp; allowed: RegExp }[] = [
  {
    rule: 'reads the time of the machine: take a Clock',
    pattern: /\bnew Date\(\s*\)|\bDate\.now\b|\bDateTime\.(now|local|utc)\(\s*\)/,
    allowed: /^src\/clock\.ts$/,
  },
  {
    rule: 'reads the environment: take a Config',
    pattern: /\bprocess\.env\b/,
    allowed: /^(src\/(config|main)\.ts|ormconfig\.ts|scripts\/[^/]+)$/,
  },
  {
    rule: 'writes to the console: take a Log',
    pattern: /\bconsole\.\w+\(/,
    allowed: /^(scripts\/[^/]+|src\/main\.ts)$/,
  },
  {
    rule: 'keeps a timer outside the ticker, the channels, delivery and the web server',
    pattern: /\bsetInterval\(/,
    allowed: /^src\/(calendar\/ticker|channels\/.+|delivery\/.+|web\/.+|app)\.ts$/,
  },
];

const files = sourceFiles('src', 'entities', 'scripts', 'ormconfig.ts').filter(
  ({ path }) => !path.startsWith('src/channels/playground/page/'),
);

it.each(seams)('no file $rule', ({ pattern, allowed }) => {
  const breaking = files.filter((file) => !allowed.test(file.path) && pattern.test(codeOf(file)));
  expect(breaking.map(({ path }) => path)).toEqual([]);
});

it('keeps every file within 250 lines', () => {
  const long = sourceFiles('src', 'entities').filter(({ text }) => text.split('\n').length > 251);
  expect(long.map(({ path }) => path)).toEqual([]);
});

it('begins every file of src with a comment on why it is there', () => {
  const bare = files.filter(({ path, text }) => path.startsWith('src/') && !/^\s*(\/\*\*|\/\/)/.test(text));
  expect(bare.map(({ path }) => path)).toEqual([]);
});
