/** What a unit is told on the last working morning before the lock while its report is still sent back: then it counts in no total. */
import { formatLock, type PeriodTerms } from '../calendar/periods';
import { type Content, say } from '../channels/content';
import { monthOf } from './compose';

export interface StillReturnedFacts {
  readonly unit: string;
  /** 统计表 */
  readonly table: string;
  readonly terms: PeriodTerms;
  /** 1项：推送中小微 */
  readonly what: string;
  readonly reason: string;
}

export function composeStillReturned({ unit, table, terms, what, reason }: StillReturnedFacts): Content {
  return say(
    [
      `${unit}${monthOf(terms)}${table}仍在退回修改中（退回${what}，原因：${reason}）。${formatLock(terms)}锁定，锁定后不计入合计。`,
      '请直接回正确的数，再回“确认”；数没有错的，回“无误”加说明。',
    ],
    ['继续'],
  );
}
