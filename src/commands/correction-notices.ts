/** Whoever was told of a period hears when a figure of it has been corrected; a group hears of the totals alone. */
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { Bulletin } from '../../entities/bulletin';
import { ChatBinding } from '../../entities/chat-binding';
import { Filing } from '../../entities/filing';
import type { CorrectedThing } from '../../entities/filing-correction';
import { FilingEntry } from '../../entities/filing-entry';
import { Unit } from '../../entities/unit';
import { addresseesOf } from '../access/holders';
import { sumsOf } from '../bulletins/totals';
import { previousPeriod } from '../calendar/periods';
import { say } from '../channels/content';
import { showFigureChanges } from '../dialogue/change-words';
import { loadStanding } from '../filing/standing';
import { changesBetween, type FigureChange } from '../filing/versions';
import type { Values } from '../table/definition';
import type { Notice, Talk } from './command';
import type { ClosedReport } from './correction-scene';
import { monthOf } from './period-words';

export interface CorrectedFigures {
  readonly after: Values;
  readonly reason: string;
}

/** To leaders, staff and groups over the unit, if the period was told: 更正：光山县5月金额36.5→35.6万元，全市合计…→…万元。 */
export async function bulletinNotices(
  talk: Talk,
  closed: ClosedReport,
  corrected: CorrectedFigures,
): Promise<readonly Notice[]> {
  const changes = changesBetween(closed.definition, closed.counted.values, corrected.after);
  if (changes.length === 0 || !(await wasTold(talk, closed))) return [];
  const tops = await unitsAbove(talk, closed.scene.unit.path);
  const notices: Notice[] = [];
  for (const top of tops) notices.push(...(await noticesOf(talk, closed, { top, changes, reason: corrected.reason })));
  return onceEach(notices, talk);
}

async function wasTold({ tx, now }: Talk, { scene, definition }: ClosedReport): Promise<boolean> {
  if (now >= scene.terms.locksAt) return true;
  return tx.existsBy(Bulletin, { tableName: definition.name, period: scene.terms.period });
}

async function unitsAbove({ tx }: Talk, path: string): Promise<readonly Unit[]> {
  return tx.findBy(Unit, { id: In(path.split('/').filter(Boolean).map(Number)) });
}

interface Told {
  readonly top: Unit;
  readonly changes: readonly FigureChange[];
  readonly reason: string;
}

async function noticesOf(talk: Talk, closed: ClosedReport, { top, changes, reason }: Told): Promise<readonly Notice[]> {
  const { tx, now } = talk;
  const readers = await addresseesOf(tx, ['leader', 'staff'], now, [top.id]);
  const groups = await tx.findBy(ChatBinding, { purpose: 'bulletins', unitId: top.id });
  if (readers.length === 0 && groups.length === 0) return [];
  const { totals, count } = await totalChanges(talk, closed, top.path);
  const month = monthOf(closed.scene.terms);
  const { unit, definition } = closed.scene;
  const sum = totals.length > 0 ? `，${scopeOf(top)}合计${showFigureChanges(totals)}` : '';
  const line = `更正：${unit.short}${month}${showFigureChanges(changes)}${sum}。原因：${reason}。`;
  const grouped = say([`${month}${definition.short}通报有更正：${scopeOf(top)}合计${showFigureChanges(totals)}。`]);
  return [
    ...readers.map(({ chat }) => ({ chat, content: say([line]) })),
    ...(totals.length > 0 && count >= hiddenAmong ? groups : []).map(({ channel, chatId }) => ({
      chat: { channel, kind: 'group' as const, id: chatId },
      content: grouped,
    })),
  ];
}

/** Of fewer units than this a total would tell what one of them filed. */
const hiddenAmong = 3;

const scopeOf = ({ name }: Unit): string => (name.includes('省') ? '全省' : name.includes('市') ? '全市' : '');

/** What the correction makes of the totals below a unit; figures that were sent back are in none. */
async function totalChanges({ tx }: Talk, { scene, definition, counted }: ClosedReport, within: string) {
  const { period } = scene.terms;
  const standings = await loadStanding(tx, { definition, period, previousPeriod: previousPeriod(period), within });
  const filed = standings.filter(({ values, status }) => values !== null && status !== 'returned');
  const valuesOf = (own: Values | null): readonly Values[] =>
    filed.map(({ unitId, values }) => (unitId === scene.unit.id && own ? own : (values ?? {})));
  const [before, after] = [sumsOf(definition, valuesOf(counted.values)), sumsOf(definition, valuesOf(null))];
  return { totals: changesBetween(definition, before, after), count: filed.length };
}

/** A person with two posts hears it once, and whoever decided has read it. */
function onceEach(notices: readonly Notice[], { chat }: Talk): readonly Notice[] {
  const others = notices.filter((notice) => notice.chat.channel !== chat.channel || notice.chat.id !== chat.id);
  return [...new Map(others.map((notice) => [JSON.stringify(notice.chat), notice])).values()];
}

/** Later reports that counted the very rows: they stay as they were filed. */
export async function laterPeriodsLine(
  { tx }: Talk,
  { scene }: ClosedReport,
  things: readonly CorrectedThing[],
): Promise<readonly string[]> {
  const { unit, definition, terms } = scene;
  const rowIds = things.flatMap((thing) => (thing.kind === 'entry' ? [thing.rowId] : []));
  const ofUnit = { unitId: unit.id, tableName: definition.name };
  const later = await tx.findBy(Filing, { ...ofUnit, period: MoreThan(terms.period), versionId: Not(IsNull()) });
  const versionIds = later.map(({ versionId }) => versionId);
  const links = await tx.findBy(FilingEntry, { versionId: In(versionIds), rowId: In(rowIds) });
  const months = later.filter(({ versionId }) => links.some((link) => link.versionId === versionId));
  if (months.length === 0) return [];
  const names = months.map(({ period }) => `${Number(period.slice(5))}月`).join('、');
  return [`已报的${names}${definition.short}没有改，其中也有这一项：还没锁定的请回“上报”核对，其余请另行申请更正。`];
}
