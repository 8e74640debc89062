/** 催: staff remind those who have not filed. It first says whom; sent on 确认催报, in the silence when that ends. */
import { overseeing, reaches } from '../../access/speaker';
import { formatLock, formatMoment, formatTime, type PeriodTerms, termsOf } from '../../calendar/periods';
import { outOfSilence } from '../../calendar/silence';
import { say } from '../../channels/content';
import { type Draft, post } from '../../delivery/outbox';
import type { Urging } from '../../dialogue/state';
import { unitsById } from '../../registration/units';
import { reminderContents } from '../../reminders/contents';
import { loadMissing, type MissingUnit } from '../../reminders/missing';
import { aboutReport, expiryOf, keepReminders } from '../../reminders/records';
import type { TableDefinition } from '../../table/definition';
import { type Command, figureTables, type Outcome, type Talk, topUnit } from '../command';
import { currentPeriod, nothingToSee } from '../figures/overview';
import { unitsLeading } from '../meant/orders';
import { periodIn, tableNamed } from '../meant/period-words';
import { tableMeant } from '../meant/table-meant';
import { planUrge, type UrgedUnit, type UrgePlan } from './urge-plan';

const roles = ['staff'] as const;
const verb = /^(?:请|帮我|麻烦|再)*催(?:报|办|交|一下|一催|一次)*/;

export const urge: Command = {
  words: '催 未报',
  help: '现在催还没报的，也可只催一家，如“催 息县”；先列名单，确认后才发',
  roles,
  inGroup: false,
  match: (text) => verb.test(text) && text.length <= 40,
  async run(talk) {
    const about = await aboutOf(talk);
    if ('refusal' in about) return about.refusal;
    const chosen = await choose(talk, about);
    return 'refusal' in chosen ? { content: say([chosen.refusal]) } : propose(talk, about, chosen);
  },
};

export const confirmUrge: Command = {
  words: '确认催报',
  help: '发出刚才列出的催报',
  roles,
  inGroup: false,
  match: (text) => /^(?:确认|确定)(?:发出|发送)?催(?:报|办)?$/.test(text),
  async run(talk) {
    const { urging } = talk.state;
    const age = urging ? talk.now.getTime() - new Date(urging.at).getTime() : Number.POSITIVE_INFINITY;
    if (!urging || age > validMs) return { content: say(['没有待确认的催报。请先回“催 未报”看名单。'], ['催 未报']) };
    return send(talk, urging);
  },
};

/** A list that was shown an hour ago is shown anew. */
const validMs = 60 * 60 * 1000;

interface About {
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
  /** Path of the unit at the top. */
  readonly within: string;
}

async function aboutOf(talk: Talk): Promise<About | { readonly refusal: Outcome }> {
  const { tx, text, tables, speaker, now } = talk;
  const top = topUnit(speaker, roles);
  if (!top) return { refusal: nothingToSee };
  const termsFor = (table: TableDefinition): PeriodTerms =>
    termsOf(table.cadence, periodIn(text, now) ?? currentPeriod(table, now));
  const meant = await tableMeant(talk, {
    named: tableNamed(text, figureTables(tables)) ?? null,
    isPossible: async (table) => {
      const { period, locksAt } = termsFor(table);
      if (now >= locksAt) return false;
      return (await loadMissing(tx, { definition: table, period, within: top.path, now })).length > 0;
    },
    again: (short) => `${text.normalize('NFKC').trim()} ${short}`,
  });
  if ('refusal' in meant) return meant;
  const { table: definition } = meant;
  return { definition, terms: termsFor(definition), within: top.path };
}

interface Chosen {
  readonly units: readonly MissingUnit[];
  /** 未报 was said, and no unit by name. */
  readonly isAll: boolean;
  /** Named, and filed already. */
  readonly filed: readonly string[];
}

async function choose(
  talk: Talk,
  { definition, terms, within }: About,
): Promise<Chosen | { readonly refusal: string }> {
  const { period } = terms;
  if (talk.now < terms.opensAt) return { refusal: `${terms.label}还没到填报时间，不用催。` };
  if (talk.now >= terms.locksAt) return { refusal: `${terms.label}已于${formatLock(terms)}锁定，催也不能再报。` };
  const words = talk.text.normalize('NFKC').trim().replace(verb, ' ');
  const { ids, isUnclear } = await unitsLeading(talk, words);
  if (isUnclear) return { refusal: '这个名称可能是几个单位，请写全称。没有发。' };
  const isAll = ids.length === 0 && /^[\s\S]{0,12}(?:未报|没报|未交|没交|全部|所有|都|大家)|^\s*$/.test(words);
  if ((ids.length === 0 && !isAll) || /以外|之外|除了|除去|不含/.test(words))
    return { refusal: '请说明催谁：“催 未报”或“催 息县”。没有发。' };
  const missing = await loadMissing(talk.tx, { definition, period, within, now: talk.now });
  if (isAll) return { units: missing, isAll, filed: [] };
  const units = missing.filter(({ unitId }) => ids.includes(unitId));
  const others = await unitsById(
    talk.tx,
    ids.filter((id) => !units.some(({ unitId }) => unitId === id)),
  );
  const stranger = others.find((unit) => !overseeing(talk.speaker, roles).some((held) => reaches(held, unit)));
  return stranger
    ? { refusal: `${stranger.short}不归您管理，没有发。` }
    : { units, isAll, filed: others.map(({ short }) => short) };
}

async function propose(talk: Talk, { definition, terms }: About, { units, isAll, filed }: Chosen): Promise<Outcome> {
  const { tx, now, state } = talk;
  const { period } = terms;
  const plan = await planUrge(tx, { definition, period, now }, { units, isAll });
  const name = `${terms.label}${definition.short}`;
  const already = filed.length > 0 ? [`${filed.join('、')}已报，不用催。`] : [];
  if (plan.reached.length === 0) {
    const none = plan.skipped.length > 0 ? `将发给：${skippedNames(plan)}。无人可发。` : '';
    const all = units.length + filed.length === 0 ? `${name}：各单位都已报，无人可催。` : '';
    return { content: say([...already, `${none}${all}`].filter(Boolean)), state: { ...state, urging: null } };
  }
  const sendAt = outOfSilence(now);
  if (sendAt >= terms.locksAt) return { content: say([`现在不便打扰，下一个工作时段前${name}已锁定，没有发。`]) };
  const unitIds = plan.reached.map(({ unit }) => unit.unitId);
  const urging: Urging = { table: definition.name, period, unitIds, at: now.toISOString() };
  const when = sendAt > now ? `现在是静默时段，将于${formatMoment(sendAt)}发出。` : '';
  const lines = [
    `${name}催报，将发给${unitIds.length}家：${listed(plan.reached.map(nameOf))}。`,
    ...(plan.skipped.length > 0 ? [`不发：${skippedNames(plan)}。`] : []),
    ...already,
    `${when}回“确认催报”发出，不发就不用回。`,
  ];
  return { content: say(lines, ['确认催报']), state: { ...state, urging } };
}

/** 罗山县（王五，已催2次，10:00刚催过） */
function nameOf({ unit, contacts, sent, remindedAt }: UrgedUnit): string {
  const before = [...(sent > 0 ? [`已催${sent}次`] : []), ...(remindedAt ? [`${formatTime(remindedAt)}刚催过`] : [])];
  return `${unit.short}（${[contacts.join('、'), ...before].join('，')}）`;
}

const skippedNames = ({ skipped }: UrgePlan): string => listed(skipped.map(({ unit, why }) => `${unit.short}(${why})`));

/** A roll of a whole province stays readable; 未报 names everyone. */
const namesAtMost = 40;

const listed = (names: readonly string[]): string =>
  names.slice(0, namesAtMost).join('、') + (names.length > namesAtMost ? `等${names.length}家` : '');

/** Only those who were shown, and of them only who still has not filed. */
async function send(talk: Talk, { table, period, unitIds }: Urging): Promise<Outcome> {
  const { tx, now } = talk;
  const state = { ...talk.state, urging: null };
  const definition = figureTables(talk.tables).find(({ name }) => name === table);
  const top = topUnit(talk.speaker, roles);
  if (!definition || !top) return { ...nothingToSee, state };
  const missing = await loadMissing(tx, { definition, period, within: top.path, now });
  const units = missing.filter(({ unitId }) => unitIds.includes(unitId));
  const plan = await planUrge(tx, { definition, period, now }, { units, isAll: false });
  const sendAt = outOfSilence(now);
  const isLocked = sendAt >= termsOf(definition.cadence, period).locksAt;
  const reached = isLocked ? [] : plan.reached;
  if (sendAt <= now) await post(tx, await draftsFor(talk, { definition, period }, reached), now);
  await keepReminders(
    tx,
    reached.map((urged) => recordOf(urged, { talk, table, period, sendAt })),
  );
  const filed = unitIds.length - units.length;
  return { content: say(tellSent({ plan: { ...plan, reached }, filed, sendAt, now })), state };
}

async function draftsFor(
  { tx, now }: Talk,
  { definition, period }: { readonly definition: TableDefinition; readonly period: string },
  reached: readonly UrgedUnit[],
): Promise<readonly Draft[]> {
  const subject = { definition, period, now, urged: true };
  const contents = await reminderContents(
    tx,
    subject,
    reached.map(({ unit }) => unit),
  );
  return reached.flatMap(({ unit, addressees }) => {
    const content = contents.get(unit.unitId);
    if (!content) return [];
    const about = aboutReport(definition, period, unit.unitId);
    const sense = { about, expiresAt: expiryOf(unit.terms, now) };
    return addressees.map(({ chat }) => ({ chat, content, purpose: 'reminder' as const, ...sense }));
  });
}

interface Sending {
  readonly talk: Talk;
  readonly table: string;
  readonly period: string;
  readonly sendAt: Date;
}

/** The number makes a key that only one of two people at once can write; the other is worked on again and told. */
function recordOf({ unit, urges, addressees }: UrgedUnit, { talk, table, period, sendAt }: Sending) {
  const isNow = sendAt <= talk.now;
  return {
    occurrence: `${table}/${period}/urge${urges + 1}/${unit.unitId}`,
    tableName: table,
    period,
    unitId: unit.unitId,
    step: 'urge',
    requestedBy: talk.speaker.personId,
    dueAt: sendAt,
    sentAt: isNow ? talk.now : null,
    messages: isNow ? addressees.length : 0,
  };
}

interface Sent {
  readonly plan: UrgePlan;
  /** How many have filed since the list was shown. */
  readonly filed: number;
  readonly sendAt: Date;
  readonly now: Date;
}

function tellSent({ plan, filed, sendAt, now }: Sent): readonly string[] {
  const { reached, skipped } = plan;
  const names = listed(reached.map(({ unit }) => unit.short));
  const done =
    sendAt > now
      ? `将于${formatMoment(sendAt)}发给${reached.length}家：${names}。到时已报的不发。`
      : `已发给${reached.length}家：${names}。`;
  return [
    reached.length > 0 ? done : '没有发出。',
    ...(filed > 0 ? [`另有${filed}家刚刚报了，没有发。`] : []),
    ...(skipped.length > 0 ? [`不发：${skippedNames(plan)}。`] : []),
  ];
}
