/** What people say to a list: 新增项目…, 删除第3项, 第3个项目使用费改成2万. */

import { readNumeral } from '../reading/numerals';
import type { TableDefinition } from '../table/definition';

export type ListRequest =
  | { readonly kind: 'add'; readonly rest: string }
  | { readonly kind: 'remove'; readonly ordinal: number }
  | { readonly kind: 'change'; readonly ordinal: number; readonly rest: string };

const number = '(\\d{1,4}|[一二三四五六七八九十百两]{1,5})';
const nth = `(?:项目)?第?${number}(?:个|项|条|行)?(?:项目)?`;
const add =
  /^(?:我要|要|再|请)?(?:新增|增加|添加|登记|补登|补录|录入|加)(?:一|1)?(?:个|项|条)?(?:项目|许可项目|许可)\s*[:：,，]?\s*/;
const remove = new RegExp(`^(?:删除|删掉|删|去掉|移除)${nth}$`);
const change = new RegExp(
  `^(?:改|修改|更改|把)?(?:项目第?${number}(?:个|项|条)?|第${number}(?:个|项|条|行)?项目)的?\\s*[,，:：]?\\s*(.*)$`,
);

/** What is asked of the list; null when the message is about something else. 第一项改成5 is about the question ①, not the list. */
export function listRequestOf(text: string): ListRequest | null {
  const said = text.normalize('NFKC').trim();
  if (add.test(said)) return { kind: 'add', rest: said.replace(add, '') };
  const removed = remove.exec(said.replace(/[。.!！\s]+$/u, ''));
  if (removed) return { kind: 'remove', ordinal: ordinalOf(removed[1]) };
  const changed = change.exec(said);
  if (changed) return { kind: 'change', ordinal: ordinalOf(changed[1] ?? changed[2]), rest: changed[3] ?? '' };
  return null;
}

function ordinalOf(words: string | undefined): number {
  const numeral = readNumeral(words ?? '');
  return numeral.kind === 'exact' ? Number(numeral.value) : 0;
}

/** Whether a message that follows no question tells of an entry: 豫南大学许可给恒通公司，… */
export function tellsEntry(list: TableDefinition, values: Readonly<Record<string, string>>): boolean {
  const texts = list.fields.filter((field) => field.kind === 'text' && field.required);
  return texts.length >= 2 && texts.every((field) => values[field.key] !== undefined);
}
