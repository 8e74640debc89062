/** The fields that stand at the beginning of some words: 推送企业数、网址 与后台不符 → both, and 与后台不符. */
import { findNames, indexNames } from '../../reading/field-names';
import type { TableDefinition } from '../../table/definition';

export interface FieldWords {
  /** Keys in official order. */
  readonly fields: readonly string[];
  /** The words after them. */
  readonly rest: string;
}

const between = /^(?:\s*[、，,和及/]\s*|\s*以及\s*|\s+)/;
/** 专利有误, 企业与清单不符: what may follow the last name without a blank; 平台后台 is no 平台. */
const afterName = /^(?:$|[\s、，,:：。和及与跟同有不没偏填写错过太多少对应该是为需要请未打超漏数项栏的都]|这[项栏])/;
/** After further names only what ends a list: in 推送企业数和平台对不上 the platform belongs to the reason. */
const afterListed = /^(?:$|[\s、，,:：。]|[数项栏](?:[\s、，,:：。]|$))/;

export function takeFields(definition: TableDefinition, words: string): FieldWords {
  const names = findNames(words, indexNames(definition.fields)).filter(({ keys }) => keys.length === 1);
  const found = new Set<string>();
  let at = 0;
  for (;;) {
    const start = at + (found.size > 0 ? (between.exec(words.slice(at))?.[0].length ?? 0) : 0);
    const name = names.find((each) => each.start === start);
    const key = name?.keys[0];
    const follows = found.size === 0 ? afterName : afterListed;
    if (!name || key === undefined || !follows.test(words.slice(name.end))) break;
    found.add(key);
    at = name.end;
  }
  const fields = definition.fields.map(({ key }) => key).filter((key) => found.has(key));
  return { fields, rest: words.slice(at).replace(/^(?:这[项栏]|[项栏])?[\s、，,:：。的]*/, '') };
}
