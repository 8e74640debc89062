/** Until when something is to last, as staff say it: 至7月12日, 到周五, 延到10号18点前 → the day, and the text without it. */
import { DateTime } from 'luxon';
import { readDate } from './months';

const spelledDay = String.raw`(?:20\d{2}\s*[年.\-/]\s*)?(?:1[0-2]|0?[1-9])\s*[月.\-/]\s*(?:3[01]|[12]\d|0?[1-9])\s*[日号]?`;
const chineseDay = '[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]?';
const dayAlone = String.raw`(?:本月|这个月|下个?月)?\s*(?:3[01]|[12]\d|0?[1-9])\s*[日号]`;
const near = '大后天|后天|明天|明日|今天|今日';
const weekday = '(?:本|这|下)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]';
const monthEnd = '(?:本|这个)?月底|本月末|月末';
const day = `${spelledDay}|${chineseDay}|${dayAlone}|${near}|${weekday}|${monthEnd}`;
const clause = new RegExp(
  String.raw`(?:一直)?(?:截至|截止到|截止至|直到|延至|延到|延长至|延长到|至|到)\s*(${day})(?:\s*(?:18|17|24)[:：点]?(?:00)?)?(?:为止|止|之?前|底)?`,
);

export interface Until {
  /** `YYYY-MM-DD`; null when none is said. */
  readonly day: string | null;
  readonly rest: string;
}

/** @param today `YYYY-MM-DD`. */
export function readUntil(text: string, today: string): Until {
  const said = text.normalize('NFKC');
  const found = clause.exec(said);
  if (!found) return { day: null, rest: said };
  const rest = `${said.slice(0, found.index)} ${said.slice(found.index + found[0].length)}`;
  return { day: dayMeant(found[1] ?? '', today), rest };
}

function dayMeant(words: string, today: string): string | null {
  const week = /^(本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天末])$/.exec(words);
  if (week) return weekdayAfter(today, week[2] ?? '', week[1] === '下');
  if (/月底|月末/.test(words)) return DateTime.fromISO(today).endOf('month').toISODate();
  return readDate(words, today);
}

/** 周五 is this week's, or when that is over the next one; 下周五 is next week's. */
function weekdayAfter(today: string, name: string, isNext: boolean): string | null {
  const monday = DateTime.fromISO(today).startOf('week');
  const index = '一二三四五六日'.indexOf(name === '天' || name === '末' ? '日' : name);
  const meant = monday.plus({ days: index, weeks: isNext ? 1 : 0 });
  const isOver = !isNext && meant < DateTime.fromISO(today);
  return (isOver ? meant.plus({ weeks: 1 }) : meant).toISODate();
}
