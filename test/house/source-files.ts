/** The product's own sources as the house rules see them: files, and what each imports. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export const root = dirname(dirname(__dirname));

export interface SourceFile {
  /** From the root of the checkout, with slashes: `src/clock.ts`. */
  readonly path: string;
  readonly text: string;
}

/** The TypeScript files at or below the given paths; a path that is not there has none. */
export function sourceFiles(...paths: readonly string[]): readonly SourceFile[] {
  return paths
    .flatMap(filesBelow)
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function filesBelow(path: string): readonly string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesBelow(posix.join(path, name)));
}

/** The source without comments, so that a rule that is quoted is not taken for one that is broken. */
export function codeOf({ text }: SourceFile): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

export interface Import {
  readonly from: string;
  /** A path from the root without extension (`src/clock`), or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
}

const importForms = [
  /^\s*(?:import|export)\s[^;'"]*?\bfrom\s+['"]([^'"]+)['"]/gm,
  /^\s*import\s+['"]([^'"]+)['"]/gm,
  /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
];

export function importsOf(file: SourceFile): readonly Import[] {
  const code = codeOf(file);
  const specifiers = importForms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
  return specifiers.map((specifier) => {
    const ours = specifier.startsWith('.');
    const to = ours ? posix.join(posix.dirname(file.path), specifier).replace(/\.(tsx?|js)$/, '') : specifier;
    return { from: file.path, to, ours };
  });
}
