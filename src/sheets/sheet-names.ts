/** Names of worksheets: at most 31 characters, none of `[]:*?/\`, no quote at either end, different without regard to case. */
import type { SheetData } from './sheet-data';

const longestName = 31;

/** One name a sheet. The layout's own name, with the scope where several sheets of the workbook share it. */
export function nameSheets(sheets: readonly Pick<SheetData, 'definition' | 'scope'>[]): readonly string[] {
  const taken = new Set<string>();
  return sheets.map(({ definition, scope }) => {
    const shared = sheets.filter((other) => other.definition.sheet.sheet === definition.sheet.sheet).length > 1;
    const wanted = shared ? `${definition.sheet.sheet}-${scope}` : definition.sheet.sheet;
    const name = findFree(clean(wanted), taken);
    taken.add(name.toLowerCase());
    return name;
  });
}

function clean(name: string): string {
  const allowed = name.replaceAll(/[[\]:*?/\\]|\p{Cc}|\p{Cs}/gu, ' ').trim();
  const unquoted = allowed.slice(0, longestName).replaceAll(/^'+|'+$/g, '');
  // Excel keeps this one name for itself.
  return unquoted === '' || unquoted.toLowerCase() === 'history' ? 'Sheet' : unquoted;
}

function findFree(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) {
    const suffix = ` (${count})`;
    candidate = name.slice(0, longestName - suffix.length) + suffix;
  }
  return candidate;
}
