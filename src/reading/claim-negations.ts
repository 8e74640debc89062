/** 平台不是省平台，是豫南专利网 and 许可方错了，应为信阳农林学院: a text that replaces another. What stands after the second 是 is the value. */
import { findNames, type NameIndex } from './field-names';
import type { Claim, ReadingContext } from './reading';
import { fieldIn } from './reading';
import { bareName, isProse, isTalk, readText } from './text-values';

const instead = '(?:而是|应该是|应当是|应为|应是|是|改成|改为)';
const denied = new RegExp(
  String.raw`^(?:名称|名字)?(?:(?:不是|并非|不叫)\s*([^，,。；;\n]{2,100}?)\s*[，,；;。\s]*${instead}|(?:[写填报打说]?错了?|不对|有误)[，,；;。\s]*${instead})\s*[:]?\s*([^，,。；;\n]{2,100})`,
);

/** Only where the field is named, or asked for and nothing else is said. */
export function claimNegations(text: string, context: ReadingContext, index: NameIndex): readonly Claim[] {
  const named = findNames(text, index).flatMap((name): readonly Claim[] => {
    const [key, second] = name.keys;
    return second || name.isDoubtful ? [] : claimAt(text, name, key ?? null, context);
  });
  const [first] = named;
  return first ? [first] : claimAt(text, { start: 0, end: 0 }, context.asked, context);
}

function claimAt(
  text: string,
  name: { readonly start: number; readonly end: number },
  key: string | null,
  context: ReadingContext,
): readonly Claim[] {
  const field = fieldIn(context, key);
  if (field?.kind !== 'text' || field.derived || isProse(field)) return [];
  const match = denied.exec(text.slice(name.end));
  if (!match) return [];
  const value = bareName(match[2] ?? '');
  const end = name.end + match[0].length;
  if (isTalk(value)) return [];
  return [{ start: name.start, end, ...readText(field, value, text.slice(name.start, end)) }];
}
