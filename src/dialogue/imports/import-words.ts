/** What people say to a dry run: 确认导入, 导入2行, 导入其余, 补第3行 被许可方=…, 不导入. */
import { readNumeral } from '../../reading/numerals';
import { bare, intentOf } from '../intents';

export type ImportRequest =
  | { readonly kind: 'import' /** Rows that were named. */; readonly count: number | null }
  /** Everything but what is wrong. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'mend'; readonly row: number; readonly rest: string }
  | { readonly kind: 'cancel' };

const number = '(\\d{1,4}|[一二三四五六七八九十百两]{1,5})';
const all = /^(确认|确定|全部)?导入(表格|文件|吧|数据)?$/;
const some = new RegExp(`^(?:确认|确定)?导入(?:这|其中)?${number}(?:行|项|条|个)$`);
const rest = /^(确认)?(先)?导入(其余|其他|剩下|剩余|正确|没错)(的|部分|各项|项|行)?(.{0,6}[行项])?$/;
const cancel = /^(不导入|取消导入|别导入|放弃导入|不要导入)$/;
const mend = new RegExp(`^补(?:充|正|全)?第?${number}行\\s*[,，:：]?\\s*([\\s\\S]*)$`);

/** Null when the message is about something else. `isOpen`: the dry run was the last thing shown, so that 确认 is for it. */
export function importRequestOf(text: string, isOpen: boolean): ImportRequest | null {
  const mended = mend.exec(text.normalize('NFC').trim());
  if (mended) return { kind: 'mend', row: numberOf(mended[1]), rest: mended[2] ?? '' };
  const said = bare(text);
  const counted = some.exec(said);
  if (counted) return { kind: 'import', count: numberOf(counted[1]) };
  if (all.test(said)) return { kind: 'import', count: null };
  if (rest.test(said)) return { kind: 'rest' };
  if (cancel.test(said)) return { kind: 'cancel' };
  return isOpen ? answerOf(text) : null;
}

function answerOf(text: string): ImportRequest | null {
  const intent = intentOf(text);
  if (intent === 'confirm') return { kind: 'import', count: null };
  return intent === 'deny' || intent === 'leave' || intent === 'discard' ? { kind: 'cancel' } : null;
}

function numberOf(words: string | undefined): number {
  const numeral = readNumeral(words ?? '');
  return numeral.kind === 'exact' ? Number(numeral.value) : 0;
}
