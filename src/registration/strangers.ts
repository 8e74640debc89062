/**
 * Answers an account that nobody knows: a greeting, what of the six columns is understood, wrong or missing, and while staff
 * decide that it waits. Nothing else is open to a stranger; no draft, no figure.
 */
import { createHash } from 'node:crypto';
import { Registration } from '../../entities/registration';
import type { Unit } from '../../entities/unit';
import type { Chat, InboundContent } from '../channels/channel';
import { type Content, say } from '../channels/content';
import type { Tx } from '../database/database';
import { contactColumns, contactFields, detailsIn, missingIn, noDetails } from './columns';
import { waitingNotice } from './notices';
import { findKinship } from './people';
import { normalWords, type RegistrationReading, readRegistration } from './read';
import { staysSilent } from './silence';
import { staffChats } from './staff';
import { leaverBefore } from './succession';
import { saysSomething, type Taken, takeReading } from './take';
import { exampleUnit, unitsById, unitsLike, unitsNamedIn } from './units';
import * as wording from './wording';

export interface StrangerMessage {
  readonly chat: Chat;
  readonly userId: string;
  /** The channel under which such accounts are registered, where that is another than the chat's. */
  readonly directory?: string;
  readonly content: InboundContent;
}

export interface StrangerAnswer {
  /** Null: nothing is said, since the message repeats the one before or comes from another bot. */
  readonly content: Content | null;
  readonly notices: readonly { readonly chat: Chat; readonly content: Content }[];
}

/** Longer messages are no registration; reading them would only cost. */
const longestText = 1000;

export async function answerStranger(tx: Tx, message: StrangerMessage, now: Date): Promise<StrangerAnswer> {
  const row = await findOrOpen(tx, message, now);
  const text = normalWords(textOf(message.content));
  const mark = createHash('sha256').update(`${message.chat.kind} ${message.content.kind} ${text}`).digest('hex');
  if (staysSilent(row, { mark, text }, now)) {
    await tx.update(Registration, row.id, { heard: mark });
    return { content: null, notices: [] };
  }
  const step =
    message.chat.kind === 'group' ? plainStep(wording.inGroup) : await stepOf(tx, row, { message, text, now });
  const fruitless = step.isNews ? 0 : row.fruitless + 1;
  await tx.update(Registration, row.id, { ...step.changes, heard: mark, answeredAt: now, fruitless });
  return { content: step.content, notices: step.notices };
}

interface Step extends StrangerAnswer {
  readonly changes: Partial<Registration>;
  /** Whether the message told something new. */
  readonly isNews: boolean;
}

const plainStep = (content: Content): Step => ({ content, notices: [], changes: {}, isNews: false });

function textOf(content: InboundContent): string {
  return content.kind === 'text' || content.kind === 'voice' ? content.text : '';
}

async function findOrOpen(
  tx: Tx,
  { chat, userId, directory = chat.channel }: StrangerMessage,
  now: Date,
): Promise<Registration> {
  // A person has one account at a platform, whichever of its apps and robots hears it.
  const account = { channel: directory, userId };
  const found = await tx.findOneBy(Registration, account);
  // Approved and yet unknown: the account was taken from the person since.
  if (found?.status === 'approved') {
    const again = { ...noDetails, status: 'asking', decidedBy: null, decidedAt: null } as const;
    await tx.update(Registration, found.id, again);
    return { ...found, ...again };
  }
  if (found) return found;
  await tx.insert(Registration, { ...account, ...noDetails, status: 'asking', createdAt: now });
  return tx.findOneByOrFail(Registration, account);
}

interface Heard {
  readonly message: StrangerMessage;
  readonly text: string;
  readonly now: Date;
}

async function stepOf(tx: Tx, row: Registration, { message, text, now }: Heard): Promise<Step> {
  const { kind } = message.content;
  if (wording.isOurWording(text)) return plainStep(say([wording.notOurs]));
  const words = text.length > longestText ? '' : text;
  const reading = readRegistration(words, await unitsNamedIn(tx, words), missingIn(row));
  const isAgain = row.status === 'refused' && /^(?:重新提交|再次提交|重新登记)$/.test(text);
  if (!saysSomething(reading) && !isAgain) {
    const content = await standing(tx, row);
    const isUnreadable = kind !== 'text' && kind !== 'voice' && kind !== 'opened';
    return plainStep(
      isUnreadable ? { ...content, blocks: [...say([wording.notReadable]).blocks, ...content.blocks] } : content,
    );
  }
  const taken = takeReading(detailsIn(row), { reading, unit: await unitOf(tx, reading) }, row.status === 'waiting');
  return record(tx, row, taken, now);
}

/** Where the registration stands, for a message that says nothing of it. */
async function standing(tx: Tx, row: Registration): Promise<Content> {
  if (row.status === 'waiting') return wording.stillWaiting([], []);
  if (row.status === 'refused') return wording.stillRefused(row.reason);
  if (missingIn(row).length === contactFields.length) {
    return wording.greeting((await exampleUnit(tx))?.name ?? '××县市场监督管理局');
  }
  const unit = await unitIn(tx, row);
  return wording.progressOf(row, unit?.name ?? '', []);
}

const unitIn = async (tx: Tx, { unitId }: Pick<Registration, 'unitId'>): Promise<Unit | undefined> =>
  unitId === null ? undefined : (await unitsById(tx, [unitId]))[0];

/** The unit that is meant, or why it is not clear which; null when none was named. */
async function unitOf(tx: Tx, { unit }: RegistrationReading): Promise<number | wording.Slip | null> {
  if (unit === null) return null;
  const meant = await unitsById(tx, unit.ids);
  const [only] = meant;
  if (only && meant.length === 1) {
    if (only.parentId !== null) return only.id;
    return { field: 'unit', fault: `${only.name}的人员由管理员在名册里登记；县区、分局的联络员` };
  }
  const candidates = (only ? meant : await unitsLike(tx, unit.words)).map((each) => each.name);
  const fault = only ? `“${unit.words}”可能是几个单位` : `“${unit.words}”不在单位名单里`;
  return { field: 'unit', fault, candidates };
}

/** Keeps what was taken; six good columns go to staff, at first and again when they were mended. */
async function record(tx: Tx, row: Registration, taken: Taken, now: Date): Promise<Step> {
  const { details, changed, slips } = taken;
  const unit = await unitIn(tx, details);
  const unitName = unit?.name ?? '';
  const isNews = changed.length > 0;
  const isWaiting = row.status === 'waiting';
  const shown = changed.map((field) => `${contactColumns[field]} ${field === 'unit' ? unitName : details[field]}`);
  const isComplete = unit !== undefined && missingIn(details).length === 0 && (isWaiting || slips.length === 0);
  if (!isComplete) {
    return {
      content: wording.progressOf(details, unitName, slips),
      notices: [],
      changes: { ...details, status: 'asking' },
      isNews,
    };
  }
  if (isWaiting && !isNews) return plainStep(wording.stillWaiting([], slips));
  const succeeds = await leaverBefore(tx, unit.id, details.name, now);
  const applicant = { details, short: unit.short, unitName, succeeds };
  const told = waitingNotice(
    applicant,
    await findKinship(tx, { ...details, channel: row.channel }, now),
    isWaiting ? shown : [],
  );
  const chats = await staffChats(tx, unit.path, now);
  return {
    content: isWaiting ? wording.stillWaiting(shown, slips) : wording.complete(details, unitName),
    notices: chats.map((chat) => ({ chat, content: told })),
    changes: { ...details, status: 'waiting', reason: null },
    isNews,
  };
}
