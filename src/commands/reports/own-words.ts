/**
 * What a contact says of the figures may begin like an order that staff give: 变更企业为28, 退回的那项改成260, 专利延期1件，135件.
 */
import { reportedUnits } from '../../access/speaker';
import { dayOf } from '../../calendar/civil-day';
import { aliasesOf } from '../../reading/field-names';
import { findUnits } from '../../reading/names';
import { findNumbers } from '../../reading/numerals';
import { readUntil } from '../../reading/until-words';
import { unitsNamedIn } from '../../registration/units';
import { figureTables, type Talk } from '../command';

/** Whether the words are of a contact's figures rather than an order over a unit or until a day. */
export async function isOfOwnFigures({ tx, speaker, text, tables, now }: Talk): Promise<boolean> {
  if (reportedUnits(speaker).length === 0) return false;
  const words = text.normalize('NFKC');
  if (readUntil(words, dayOf(now)).day !== null) return false;
  const names = figureTables(tables).flatMap((table) => table.fields.flatMap(aliasesOf));
  const fieldAt = Math.min(...names.map((name) => words.indexOf(name)).filter((at) => at >= 0));
  const isNews = hasFigure(words) || (Number.isFinite(fieldAt) && /[为成改]/.test(words));
  if (!isNews) return false;
  const [unit] = findUnits(words, await unitsNamedIn(tx, words));
  return !unit || fieldAt < unit.start;
}

/** 更换平台为… is 平台为…, 退回的那项改成260 is 改成260: what is left for whoever reads the figures. */
export const figureWords = (text: string): string =>
  text
    .trim()
    .replace(/^(?:请|帮我)?(?:(?:更换|变更|调换)(?:一下)?|(?:退回|打回|驳回)来?的(?:[那这]?一?[项个条栏])?)/, '');

/** 两天, 7月10日 and 18点 are no figures. */
const hasFigure = (words: string): boolean => findNumbers(words).some(({ counter }) => !ofTime.test(counter));

const ofTime = /^(?:个?工作日|个?小时|个?星期|个月|分钟|[天日号月周年点期次])$/;
