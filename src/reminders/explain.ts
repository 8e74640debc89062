/** Why a unit has not filed, as far as the bot knows: how often it was reminded, what its draft holds, what comes next. Pure. */
import { dayOf } from '../calendar/civil-day';
import { formatDue, formatEndOf, formatLock, formatMoment, type PeriodTerms } from '../calendar/periods';
import { reminderMoments } from '../calendar/reminder-steps';
import { inShanghai } from '../clock';
import { type Pause, pauseNote } from './pauses';

export interface UnfiledFacts {
  /** Those of the unit, with its extension. */
  readonly terms: PeriodTerms;
  readonly now: Date;
  /** When reminders reached somebody, oldest first. */
  readonly remindedAt: readonly Date[];
  /** Whether a contact has written to the bot since the first of them. */
  readonly hasAnswered: boolean;
  readonly draft: { readonly given: number; readonly total: number } | null;
  readonly withdrawnAt: Date | null;
  readonly pause: Pause | null;
  /** Names of the contacts, the deputies behind. */
  readonly contacts: readonly string[];
}

export function explainUnfiled(facts: UnfiledFacts): readonly string[] {
  return [tellReminders(facts), ...tellDraft(facts), ...tellLeave(facts), tellNext(facts)];
}

/** 7月2、4、7日已催3次，均未回复。 */
function tellReminders({ remindedAt, hasAnswered, contacts }: UnfiledFacts): string {
  const who = contacts.length > 0 ? `联络员${contacts.join('、')}` : '';
  if (remindedAt.length === 0) return who ? `还没有催过（${who}）。` : '尚无联络员，没有人可催。';
  const answer = hasAnswered ? '联络员来过消息，但没有提交' : '均未回复';
  return `${spellDays(remindedAt)}已催${remindedAt.length}次${who ? `（${who}）` : ''}，${answer}。`;
}

/** 7月2、4、7日 */
function spellDays(instants: readonly Date[]): string {
  const months = new Map<number, Set<number>>();
  for (const { month, day } of instants.map(inShanghai)) {
    months.set(month, (months.get(month) ?? new Set()).add(day));
  }
  return [...months].map(([month, days]) => `${month}月${[...days].join('、')}日`).join('、');
}

function tellDraft({ draft, withdrawnAt }: UnfiledFacts): readonly string[] {
  const given = draft ? `草稿已填${draft.given}/${draft.total}项，没有提交。` : '没有草稿。';
  return withdrawnAt ? [`${formatMoment(withdrawnAt)}报过又撤回，还没有重新提交。`] : [given];
}

function tellLeave({ terms, pause }: UnfiledFacts): readonly string[] {
  return [
    ...(terms.extendedFrom ? [`已延期至${formatDue(terms)}。`] : []),
    ...(pause ? [`${pauseNote(pause)}。`] : []),
  ];
}

function tellNext({ terms, now, pause, remindedAt }: UnfiledFacts): string {
  if (now >= terms.locksAt) return `已于${formatLock(terms)}锁定；要补报须由其联络员申请、市局同意。`;
  const lock = `${formatLock(terms)}锁定。`;
  const next = reminderMoments(terms).find(({ dueAt }) => dueAt > now && dueAt >= (pause?.until ?? now));
  if (!next)
    return pause
      ? `暂停期满（${formatEndOf(pause.until)}）后接着催，${lock}`
      : `不再自动催，可回“催”加单位名催一次；${lock}`;
  const when = spellWhen(next.dueAt, now);
  if (next.step === 'T+3') return `${when}（逾期第3个工作日）告知其分管领导；${lock}`;
  if (next.step === 'T+1') return `${when}（逾期第1天）再催正、副联络员，仍不报的两个工作日后告知其分管领导；${lock}`;
  return `${when}${remindedAt.length === 0 ? '开始催' : '再催'}，截止${formatDue(terms)}。`;
}

function spellWhen(instant: Date, now: Date): string {
  const isTomorrow = dayOf(instant) === inShanghai(now).plus({ days: 1 }).toISODate();
  return `${isTomorrow ? '明日，' : ''}${formatMoment(instant)}`;
}
