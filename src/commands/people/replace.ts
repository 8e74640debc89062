/**
 * 更换: another person takes over from a contact at once. What was filed stays under the name of who filed it; the draft and
 * what was sent back are the unit's, so they pass on by themselves.
 */
import { Registration } from '../../../entities/registration';
import { Succession } from '../../../entities/succession';
import type { Unit } from '../../../entities/unit';
import { recordAudit } from '../../access/audit';
import { type Content, say } from '../../channels/content';
import { composeHandover } from '../../registration/handover';
import {
  appoint,
  type ContactPost,
  chatsOf,
  closeSuccession,
  contactPosts,
  endPost,
  openSuccession,
} from '../../registration/succession';
import type { Command, Notice, Outcome, Talk } from '../command';
import { callOffAllReminders } from '../duty/pending-reminders';
import { readOrder } from '../meant/orders';
import { readSuccessorWords, type SuccessorWords, successorElsewhere } from './known-successor';

const roles = ['staff'] as const;
const words = '更换 罗山 王五 赵六';
const verb = /(?:请|帮我|确认)?(?:更换|变更|调换)(?:一下)?(?:(?:正|副)?联络员|联系人)?/;
const atStart = new RegExp(`^\\s*${verb.source}`);
const between = /更换为|更换成|变更为|调换为|换成|换为|改为|改成|改由|→|-+>/g;

export const replaceContact: Command = {
  words,
  help: '更换联络员，写单位、原来的人、新的人；立即生效',
  roles,
  inGroup: false,
  isPlain: true,
  refusal: '更换联络员由市局人员办理，请向市局说明换成谁；您自己的电话、邮箱变了，也请告诉市局更新。',
  match: (text) => atStart.test(text) || /联络员.{0,8}(?:更换为|更换成|换成|换为|改为|改成|改由)/.test(text),
  async run(talk) {
    const said = readSuccessorWords(talk.text);
    const read = await readOrder({ ...talk, text: said.rest }, atStart, words);
    if (!read.ok) return read;
    const [unit, another] = read.order.units;
    if (another) return { content: say(['一次只能更换一个单位的联络员，没有办理。']) };
    return replace(talk, unit, { names: namesIn(read.order.reason), said });
  },
};

/** 王五 赵六, 联络员王五换成赵六 */
function namesIn(rest: string): readonly string[] {
  const said = rest
    .replace(/[正副]?联络员|联系人|的/g, ' ')
    .replace(between, ' ')
    .replace(/^\s*由/, ' ');
  return said.split(/[^\p{L}\p{M}·.]+/u).filter((name) => /^[\p{L}\p{M}·.]{2,20}$/u.test(name));
}

interface Said {
  readonly names: readonly string[];
  readonly said: SuccessorWords;
}

async function replace(talk: Talk, unit: Unit, { names, said }: Said): Promise<Outcome> {
  const posts = await contactPosts(talk.tx, unit.id, talk.now);
  const held = posts.filter(({ isHeld }) => isHeld);
  const [first, second, ...more] = names;
  if (!first || more.length > 0) return refuse(`请写清原来的人和新的人，如“更换 ${unit.short} 王五 赵六”。没有办理。`);
  const [leaverName, name] = second ? [first, second] : [held.length === 1 ? held[0]?.name : undefined, first];
  if (leaverName === undefined)
    return refuse(`${whoHolds(unit, held)}，请写明换下谁，如“更换 ${unit.short} 王五 ${name}”。没有办理。`);
  if (leaverName === name) return refuse('原来的人和新的人同名，没有办理。');
  if (held.some((each) => each.name === name && !each.deputy))
    return refuse(`${name}已是${unit.short}联络员，没有办理。`);
  const leaver = held.find((each) => each.name === leaverName);
  const isOurs = posts.some((each) => each.name === name);
  const elsewhere = isOurs ? null : await successorElsewhere(talk, { unit, leaver: leaverName, name, said });
  if (elsewhere && 'question' in elsewhere) return elsewhere.question;
  const change = { unit, name, posts, elsewhere };
  return leaver ? handOn(talk, { ...change, leaver }) : renameOrRefuse(talk, { ...change, leaverName });
}

const refuse = (line: string): Outcome => ({ content: say([line]) });

/** 罗山县现有联络员王五 */
const whoHolds = ({ short }: Unit, held: readonly ContactPost[]): string =>
  held.length > 0 ? `${short}现有联络员${held.map(({ name }) => name).join('、')}` : `${short}现在没有联络员`;

interface Change {
  readonly unit: Unit;
  readonly leaver: ContactPost;
  readonly name: string;
  /** All that the unit ever had. */
  readonly posts: readonly ContactPost[];
  /** The successor, where the bot knows them from another unit. */
  readonly elsewhere: { readonly personId: number } | null;
}

async function handOn(talk: Talk, change: Change): Promise<Outcome> {
  const { tx, speaker } = talk;
  const { unit, leaver, name } = change;
  if (!(await endPost(tx, leaver, talk.now))) {
    return refuse(`${leaver.name}刚刚已不再是${unit.short}联络员，没有重复办理。`);
  }
  const subject = `${unit.short} ${leaver.name}→${name}`;
  await recordAudit(tx, { at: talk.now, personId: speaker.personId, action: '更换', subject });
  const farewell = say([
    `市局已将${unit.short}联络员由您更换为${name}，您不再负责填报，也不再收到提醒。以前报的仍署您的名。辛苦了！`,
  ]);
  const leaverChats = await chatsOf(tx, leaver.personId);
  await callOffAllReminders(talk, unit.id, leaverChats);
  const toLeaver = leaverChats.map((chat) => ({ chat, content: farewell }));
  const after = await instate(talk, change);
  const ended = `已更换：${leaver.name}即刻起不再负责${unit.short}，不收提醒、不能填报和看数，历史记录仍署其名。`;
  return { content: say([ended, ...after.lines]), notices: [...toLeaver, ...after.notices] };
}

interface Instated {
  readonly lines: readonly string[];
  readonly notices: readonly Notice[];
}

/** Somebody who is or was a contact here, or was shown and confirmed, takes over at once; anybody else has to register, since a name alone proves nothing. */
async function instate(talk: Talk, change: Change): Promise<Instated> {
  const { tx, now } = talk;
  const { unit, leaver, name, posts, elsewhere } = change;
  const here = posts.findLast((each) => each.name === name && each.personId !== leaver.personId);
  const known = here ?? elsewhere;
  const chats = known ? await chatsOf(tx, known.personId) : [];
  const order = { unitId: unit.id, leaverId: leaver.personId, name, orderedBy: talk.speaker.personId, orderedAt: now };
  if (!known || chats.length === 0) {
    await tx.insert(Succession, order);
    return invite(talk, change);
  }
  if (here?.isHeld) await endPost(tx, here, now);
  await appoint(tx, { personId: known.personId, unitId: unit.id, deputy: leaver.deputy }, now);
  await tx.insert(Succession, { ...order, personId: known.personId, closedAt: now });
  const facts = { unitId: unit.id, short: unit.short, leaver: leaver.name, tables: talk.tables };
  const content = await composeHandover(tx, facts);
  return {
    lines: [`接任：${name}，账号已知，已把交接内容发给本人。`],
    notices: chats.map((chat) => ({ chat, content })),
  };
}

async function invite({ tx }: Talk, { unit, leaver, name }: Change): Promise<Instated> {
  const begun = await tx.findBy(Registration, { name });
  const accounts = begun.filter(({ status, unitId }) => status !== 'approved' && (unitId ?? unit.id) === unit.id);
  const content = inviteText(unit, leaver.name);
  const approve = `登记后回“通过 ${unit.short} ${name}”，通过时自动交接。`;
  const how =
    accounts.length > 0
      ? `已请${name}登记六项信息。${approve}`
      : `${name}还没有账号，请让${name}私聊我，发来单位、姓名、职务、办公电话、手机号、邮箱六项。${approve}`;
  const back = `办错了回“更换 ${unit.short} ${name} ${leaver.name}”换回。`;
  const notices = accounts.map(({ channel, userId }) => ({
    chat: { channel, kind: 'private' as const, id: userId },
    content,
  }));
  return { lines: [`接任：${name}（待登记）。${how}`, back], notices };
}

const inviteText = (unit: Unit, leaver: string): Content =>
  say([
    `市局请您接替${leaver}担任${unit.short}联络员。请登记六项信息：单位、姓名、职务、办公电话、手机号、邮箱，已发过的不用重发。`,
    '市局审核通过后，我会把近期报告、待改退回和草稿一并交接给您。',
  ]);

/** Who was named as successor and has not come yet can be taken back or named anew. */
async function renameOrRefuse(
  talk: Talk,
  { leaverName, ...change }: Omit<Change, 'leaver'> & { readonly leaverName: string },
): Promise<Outcome> {
  const { unit, name, posts } = change;
  const order = await openSuccession(talk.tx, unit.id, leaverName);
  const leaver = order && posts.findLast(({ personId }) => personId === order.leaverId);
  const held = posts.filter(({ isHeld }) => isHeld);
  if (!order || !leaver) return refuse(`${whoHolds(unit, held)}，没有${leaverName}，没有办理。`);
  if (!(await closeSuccession(talk.tx, order, null, talk.now))) {
    return refuse(`${leaverName}刚刚已接任或已改由他人接任，没有办理。`);
  }
  const subject = `${unit.short} ${leaverName}（未到任）→${name}`;
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '更换', subject });
  if (name === leaver.name) return reinstate(talk, unit, leaver);
  const after = await instate(talk, { ...change, leaver });
  return {
    content: say([`已更换：${unit.short}改由${name}接任，不再等${leaverName}。`, ...after.lines]),
    notices: after.notices,
  };
}

async function reinstate({ tx, now }: Talk, unit: Unit, { personId, name, deputy }: ContactPost): Promise<Outcome> {
  await appoint(tx, { personId, unitId: unit.id, deputy }, now);
  const content = say([`市局已恢复您为${unit.short}联络员，可以继续填报。`], ['上报']);
  const chats = await chatsOf(tx, personId);
  return {
    content: say([`已换回：${name}继续负责${unit.short}。已通知本人。`]),
    notices: chats.map((chat) => ({ chat, content })),
  };
}
