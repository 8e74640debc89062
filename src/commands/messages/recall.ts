/** 收回: a bulletin, reminder or notice that should not have gone out is taken back. Says first what that will do. */
import { recordAudit } from '../../access/audit';
import { chatsWithin } from '../../access/reach';
import { overseeing } from '../../access/speaker';
import { formatMoment } from '../../calendar/periods';
import { type Content, list, say } from '../../channels/content';
import { type Batch, batchesOf, findTold, type Told, type ToldPurpose, takeBack } from '../../delivery/recall';
import type { Command, Outcome, Talk } from '../command';

const roles = ['staff'] as const;
const shownAtMost = 8;

const nameOf: Readonly<Record<ToldPurpose, string>> = { bulletin: '通报', reminder: '催报', notice: '通知' };

/** 收回 · 收回通报 · 收回上一条催报 · 收回第12批 · 确认收回12 */
const asked = /^(确认)?收回(?:刚才|最近|上一[条次批])?的?(?:发的)?(通报|催报|通知|提醒)?(?:第?(\d{1,10})批?)?$/;

export const recall: Command = {
  words: '收回',
  help: '收回24小时内发出的通报、催报或通知',
  roles,
  inGroup: false,
  match: (text) => asked.test(normal(text)),
  async run(talk) {
    const [, confirmed, purpose = '', id] = asked.exec(normal(talk.text)) ?? [];
    const batches = await batchesFor(talk);
    const open = batches.filter(({ told }) => told.some(isOpen));
    if (id !== undefined)
      return forOne(
        talk,
        batches.find((batch) => batch.id === Number(id)),
        Boolean(confirmed),
      );
    const meant = open.filter((batch) => purpose === '' || nameOf[batch.purpose] === purpose.replace('提醒', '催报'));
    const [newest] = meant;
    if (!newest) return { content: nothing(purpose) };
    return { content: purpose === '' && meant.length > 1 ? choiceOf(meant) : effectOf(newest) };
  },
};

const normal = (text: string): string => text.normalize('NFKC').replaceAll(/\s|[“”"。]/g, '');

const isOpen = ({ state }: Told): boolean => state === 'waiting' || state === 'begun' || state === 'recallable';

async function batchesFor({ tx, now, speaker }: Talk): Promise<readonly Batch[]> {
  const told = await findTold(tx, now);
  const within = overseeing(speaker, roles).map((post) => post.unit.path);
  const isWithin = await chatsWithin(
    tx,
    told.map(({ chat }) => chat),
    within,
  );
  return batchesOf(told.filter(({ chat }) => isWithin(chat)));
}

async function forOne(talk: Talk, batch: Batch | undefined, isConfirmed: boolean): Promise<Outcome> {
  if (!batch) return { content: nothing('') };
  if (!batch.told.some(isOpen)) return { content: say([`${titleOf(batch)}${stateWords(batch)}没有可收回的了。`]) };
  return isConfirmed ? carryOut(talk, batch) : { content: effectOf(batch) };
}

async function carryOut({ tx, now, speaker }: Talk, batch: Batch): Promise<Outcome> {
  const { calledOff, cutShort, asked: count } = await takeBack(tx, batch, now);
  const subject = `${titleOf(batch)}（${peopleAndGroups(batch.told.filter(isOpen))}）`;
  await recordAudit(tx, { at: now, personId: speaker.personId, action: '收回', subject });
  const done = [
    ...(count > 0 ? [`正在收回${count}条`] : []),
    ...(calledOff > 0 ? [`还没发出的${calledOff}条不再发出`] : []),
    ...(cutShort > 0 ? [`发了一部分的${cutShort}条不再往下发，已发的部分收不回`] : []),
  ].join('，');
  return {
    content: say(
      [`${titleOf(batch)}：${done || '没有可收回的了'}。${remainder(batch)}收不回的会列在“未送达”里。`],
      ['未送达'],
    ),
  };
}

/** 7月7日(周一)18:05的通报 */
const titleOf = ({ decidedAt, purpose }: Batch): string => `${formatMoment(decidedAt)}的${nameOf[purpose]}`;

function effectOf(batch: Batch): Content {
  const open = batch.told.filter(isOpen);
  return say(
    [
      `将收回${titleOf(batch)}，发给${peopleAndGroups(open)}。`,
      `收回后对方聊天里不再显示这条消息；对方已经看到或下载的收不回。${remainder(batch)}`,
      `确认请回“确认收回${batch.id}”。`,
    ],
    [{ label: '确认收回', text: `确认收回${batch.id}` }],
  );
}

function choiceOf(batches: readonly Batch[]): Content {
  const shown = batches.slice(0, shownAtMost);
  const lines = shown.map(
    (batch) => `${titleOf(batch)}，${peopleAndGroups(batch.told.filter(isOpen))}：回“收回${batch.id}”`,
  );
  const choices = shown.map((batch) => ({ label: `${nameOf[batch.purpose]}${batch.id}`, text: `收回${batch.id}` }));
  return say(['24小时内可收回的：', list(lines, true)], choices);
}

/** What stays where it is, in words; empty when nothing does. */
function remainder({ told }: Batch): string {
  const lasting = told.filter(({ state }) => state === 'lasting');
  const leaving = told.filter(({ state }) => state === 'leaving').length;
  return [
    ...(lasting.length > 0 ? [`另有${peopleAndGroups(lasting)}收不回：所在平台不支持，或已超过24小时。`] : []),
    ...(leaving > 0 ? [`${leaving}条正在发送，稍后可再收回。`] : []),
  ].join('');
}

function peopleAndGroups(told: readonly Told[]): string {
  const people = told.filter(({ chat }) => chat.kind === 'private').length;
  const groups = told.length - people;
  return [...(people > 0 ? [`${people}人`] : []), ...(groups > 0 ? [`${groups}个群`] : [])].join('、');
}

const stateWords = ({ told }: Batch): string => (told.some(({ state }) => state === 'recalled') ? '已收回，' : '');

const nothing = (purpose: string): Content => say([`24小时内没有可收回的${purpose || '通报、催报或通知'}。`]);
