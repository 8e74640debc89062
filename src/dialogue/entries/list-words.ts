/** What people say to a list: 新增项目…, 删除第3项, 第3个项目使用费改成2万. */

import { aliasesOf } from '../../reading/field-names';
import { readNumeral } from '../../reading/numerals';
import type { TableDefinition } from '../../table/definition';

export type ListRequest =
  /** `before` is what was said first: 专利165，新增项目：… */
  | { readonly kind: 'add'; readonly before: string; readonly rest: string }
  | { readonly kind: 'remove'; readonly ordinal: number }
  | { readonly kind: 'change'; readonly ordinal: number; readonly rest: string };

/** Instead of an ordinal: the entry that was registered last. */
export const lastOne = -1;

const number = '(\\d{1,4}|[一二三四五六七八九十百两]{1,5})';
const nth = `(?:项目)?第?${number}(?:个|项|条|行)?(?:项目)?`;
const adding = '(?:新增|增加|添加|登记|补登|补录|录入|加)(?:一|1)?(?:个|项|条)?';
const add = new RegExp(`^(?:我要|要|再|请)?${adding}(?:项目|许可项目|许可(?!\\s*\\d))\\s*[:：,，]?\\s*`);
/** 又达成一个许可; 达成许可15项 is a figure. */
const again =
  /^(?:我们)?(?:又|新|刚)(?:达成|签|谈成|新增|增加)了?(?:一|1)?[个项条笔]?(?:新的?)?(?:许可|项目|合同)(?!数|总|\s*\d)\s*[:：,，]?\s*/;
/** After something else only with its colon: 企业新增许可15项 adds nothing. */
const addLater = new RegExp(
  `^(.*?[,，；;。\\n])\\s*(?:另外|另|还有|同时|并且?|再)?[,，]?\\s*(?:我要|要|再|请)?${adding}(?:许可)?(?:项目|许可)\\s*(?:[:：]\\s*|$)`,
  's',
);
const remove = new RegExp(`^(?:删除|删掉|删|去掉|移除)${nth}$`);
/** 刚才登记的删掉, 删掉刚才那个项目 */
const removeLatest =
  /^(?:把)?(?:刚才|刚刚|最后)(?:登记|新增|录入|加)?的?(?:那|一)?[个项条]?(?:项目)?(?:删除|删掉|删了|删|去掉)$|^(?:删除|删掉|删)(?:刚才|刚刚|最后)(?:登记|新增|录入|加)?的?(?:那|一)?[个项条]?(?:项目)?$/;
const removeLast = new RegExp(`^(?:把)?(?:项目)?第${number}(?:个|项|条|行)?(?:项目)?(?:删除|删掉|删了|删|去掉|移除)$`);
const change = new RegExp(
  `^(?:改|修改|更改|把)?(?:项目第?${number}(?:个|项|条)?|第${number}(?:个|项|条|行)?项目)的?\\s*[,，:：]?\\s*(.*)$`,
  's',
);
const changeField = new RegExp(`^(?:改|修改|更改|把)?第${number}[项条行]的?\\s*[,，:：]?\\s*(.*)$`, 's');

/** What is asked of the list; null when the message is about something else. */
export function listRequestOf(text: string, list: TableDefinition): ListRequest | null {
  const said = text.normalize('NFKC').trim();
  if (add.test(said)) return { kind: 'add', before: '', rest: said.replace(add, '') };
  if (again.test(said)) return { kind: 'add', before: '', rest: said.replace(again, '') };
  const later = addLater.exec(said);
  if (later) return { kind: 'add', before: later[1] ?? '', rest: said.slice(later[0].length) };
  const plain = said.replace(/(?:[。.!！\s]|了?吧|一下)+$/u, '');
  if (removeLatest.test(plain)) return { kind: 'remove', ordinal: lastOne };
  const removed = remove.exec(plain) ?? removeLast.exec(plain);
  if (removed) return { kind: 'remove', ordinal: ordinalOf(removed[1]) };
  const changed = change.exec(said);
  if (changed) return { kind: 'change', ordinal: ordinalOf(changed[1] ?? changed[2]), rest: changed[3] ?? '' };
  const named = changeField.exec(said);
  return named && isAbout(list, named[2] ?? '')
    ? { kind: 'change', ordinal: ordinalOf(named[1]), rest: named[2] ?? '' }
    : null;
}

/** 第2项使用费改成5 is about the list; 第一项改成5 is about the question ①, and 第二项专利号是ZL… about a number. */
function isAbout(list: TableDefinition, words: string): boolean {
  return list.fields
    .filter((field) => field.kind !== 'patents')
    .flatMap((field) => [...aliasesOf(field), ...field.options.flatMap(({ label, synonyms }) => [label, ...synonyms])])
    .some((name) => words.replace(/^(?:改成|改为|应为|是|为)/, '').startsWith(name));
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
