/** Whoever was told of a period hears when a figure of it has been corrected; a group hears that it was, and no figure. */
import { In } from 'typeorm';
import { Bulletin } from '../../../entities/bulletin';
import { ChatBinding } from '../../../entities/chat-binding';
import { Unit } from '../../../entities/unit';
import { addresseesOf } from '../../access/holders';
import { hidesEachUnit } from '../../bulletins/compose';
import { type CorrectedTotals, correctedTotals } from '../../bulletins/corrected-totals';
import { previousPeriod } from '../../calendar/periods';
import { say } from '../../channels/content';
import { showFigureChanges } from '../../dialogue/corrections/change-words';
import { loadStanding } from '../../filing/standing';
import { changesBetween, type FigureChange } from '../../filing/versions';
import type { Values } from '../../table/definition';
import type { Notice, Talk } from '../command';
import { monthOf } from '../meant/period-words';
import type { ClosedReport } from './correction-scene';

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
  const totals = await totalsBelow(talk, closed, top.path);
  const { unit, terms } = closed.scene;
  const figures = `${unit.short}${monthOf(terms)}${showFigureChanges(changes)}`;
  const line = `更正：${figures}${totalWords(top, closed, totals)}。原因：${reason}。`;
  return [
    ...readers.map(({ chat }) => ({ chat, content: say([line]) })),
    ...(concernsGroups(closed, totals) ? groups : []).map(({ channel, chatId }) => ({
      chat: { channel, kind: 'group' as const, id: chatId },
      content: groupNotice(closed),
    })),
  ];
}

async function totalsBelow(
  { tx }: Talk,
  { scene, definition, counted, seen }: ClosedReport,
  within: string,
): Promise<CorrectedTotals> {
  const { period } = scene.terms;
  const standings = await loadStanding(tx, { definition, period, previousPeriod: previousPeriod(period), within });
  const before = seen.status === 'returned' ? null : counted.values;
  return correctedTotals(definition, standings, { unitId: scene.unit.id, before });
}

/** ，全市合计推送中小微2290→2550家，现含罗山县; nothing where the unit is alone. */
function totalWords(top: Unit, { scene, seen }: ClosedReport, { changes, units }: CorrectedTotals): string {
  if (changes.length === 0 || units < 2) return '';
  const joined = seen.status === 'returned' ? `，现含${scene.unit.short}` : '';
  return `，${scopeOf(top)}合计${showFigureChanges(changes)}${joined}`;
}

/** 信阳市 → 全市 */
function scopeOf({ short }: Unit): string {
  const [, kind] = /([省市州县区])局?$/.exec(short) ?? [];
  return kind ? `全${kind}` : '';
}

/** A group was told nothing of what was sent back, and no totals of so few. */
const concernsGroups = ({ seen }: ClosedReport, { changes, counted }: CorrectedTotals): boolean =>
  seen.status !== 'returned' && changes.length > 0 && hidesEachUnit(counted);

/** Without the totals: their change is that of the one unit whose report was corrected. */
const groupNotice = ({ scene, definition }: ClosedReport) =>
  say([`${scene.terms.label}${definition.short}通报的合计有更正，更正后的数已发给通报的领导和市局人员。`]);

/** A person with two posts hears it once, and whoever decided has read it. */
function onceEach(notices: readonly Notice[], { chat }: Talk): readonly Notice[] {
  const others = notices.filter((notice) => notice.chat.channel !== chat.channel || notice.chat.id !== chat.id);
  return [...new Map(others.map((notice) => [JSON.stringify(notice.chat), notice])).values()];
}
