/**
 * The one way in. A message is taken, understood, acted on and answered in one transaction; its repetition gets the first
 * answer. Two quick messages of one chat are worked on in the order in which they came.
 */
import AsyncLock from 'async-lock';
import { identifying, type Speaker } from '../access/speaker';
import type { Answer, Chat, Inbound, Receive } from '../channels/channel';
import { type Content, file } from '../channels/content';
import type { Clock } from '../clock';
import type { AnswerFile, Command, Notice } from '../commands/command';
import type { SentFile } from '../commands/reports/importing';
import type { Database, Tx } from '../database/database';
import { isDuplicate } from '../database/errors';
import { inserting, runLast, runTogether } from '../database/sql';
import { hashOfKey, reserve } from '../delivery/earlier';
import { storeFile } from '../delivery/files';
import { answerTo, post, postingReply } from '../delivery/outbox';
import type { Settlements } from '../delivery/settlements';
import type { TableDefinition } from '../table/definition';
import { beginConversation, type LockedConversation, lockingConversation, savingState } from './conversation';
import { respond } from './respond';
import { createFileReader } from './sent-file';
import { readingTaps } from './taps';

export interface InboundParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly tables: readonly TableDefinition[];
  readonly commands: readonly Command[];
  readonly settlements: Settlements;
}

/** What was committed as the answer. */
interface Committed {
  readonly outboxId: number;
  readonly content: Content;
}

/** Two first messages of a chat, two first answers to a report, two 确认: one of them has to start again. */
const attempts = 4;

export function createReceive(parts: InboundParts): Receive {
  const turns = new AsyncLock({ maxPending: 10_000 });
  const readSent = createFileReader(parts.tables);
  return readingTaps(parts, (inbound) =>
    turns.acquire(chatKey(inbound.chat), async () => receive(parts, { inbound, sent: await readSent(inbound) })),
  );
}

const chatKey = (chat: Chat): string => JSON.stringify([chat.channel, chat.kind, chat.id]);

/** A message with the file that it brought. */
interface Incoming {
  readonly inbound: Inbound;
  readonly sent: SentFile | null;
}

async function receive(parts: InboundParts, inbound: Incoming): Promise<Answer | null> {
  const committed = await takeTurn(parts, inbound);
  if (!committed) return null;
  const { outboxId, content } = committed;
  const { settlements } = parts;
  return {
    content,
    settle: (delivered) => (delivered ? settlements.delivered(outboxId) : settlements.undelivered(outboxId)),
  };
}

async function takeTurn(parts: InboundParts, inbound: Incoming): Promise<Committed | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await parts.database.transact((tx) => turn(parts, tx, inbound));
    } catch (error) {
      if (!isDuplicate(error) || attempt === attempts) throw error;
    }
  }
}

async function turn(parts: InboundParts, tx: Tx, { inbound, sent }: Incoming): Promise<Committed | null> {
  const now = parts.clock.now();
  const taken = await takeIn(tx, inbound, now);
  if (taken === null) return answerOnceMore(tx, inbound, now);
  const { inboundId, speaker } = taken;
  const conversation = taken.conversation ?? (await beginConversation(tx, inbound, now));
  const outcome = await respond(parts, tx, { inbound, speaker, sent, state: conversation.state, now });
  await tell(tx, outcome.notices ?? [], now);
  const saving = outcome.state ? [savingState(conversation, inbound, { state: outcome.state, now })] : [];
  const writes = [...(outcome.writes ?? []), ...saving];
  if (!outcome.content) {
    await runLast(tx, writes);
    return null;
  }
  const content = await withFiles(tx, outcome.content, outcome.files ?? [], now);
  const { chat, userId, replyVia } = inbound;
  const reply = { chat, userId, content, inboundId, replyVia };
  const [outboxId] = await runLast<[number, ...undefined[]]>(tx, [postingReply(reply, now), ...writes]);
  return { outboxId, content };
}

/** Not what the sender has in hand: its chat would read it twice. */
async function answerOnceMore(tx: Tx, { chat, key }: Inbound, now: Date): Promise<Committed | null> {
  const earlier = await answerTo(tx, chat.channel, hashOfKey(key));
  return earlier && (await reserve(tx, earlier, now)) ? earlier : null;
}

interface Taken {
  readonly inboundId: number;
  /** Null when it is the first message of its chat. */
  readonly conversation: LockedConversation | null;
  /** Null when nobody knows the account. */
  readonly speaker: Speaker | null;
}

/**
 * Takes a message in, locks its chat and finds who speaks, all in one packet, which ends at the first when the message is
 * a repetition; null then.
 */
async function takeIn(tx: Tx, { chat, directory, userId, key }: Inbound, now: Date): Promise<Taken | null> {
  const row = { channel: chat.channel, messageKey: hashOfKey(key), receivedAt: now };
  const directories = directory === undefined ? [chat.channel] : [directory, chat.channel];
  try {
    const [inboundId, conversation, speaker] = await runTogether(tx, [
      inserting('inbound_message', row),
      lockingConversation(chat),
      identifying(directories, userId, now),
    ]);
    return { inboundId, conversation, speaker };
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

async function tell(tx: Tx, notices: readonly Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  await post(
    tx,
    notices.map((notice) => ({ ...notice, purpose: 'notice' as const })),
    now,
  );
}

async function withFiles(tx: Tx, content: Content, files: readonly AnswerFile[], now: Date): Promise<Content> {
  const blocks = [...content.blocks];
  for (const each of files) blocks.push(file(await storeFile(tx, each, now, 'as long as its message'), each.name));
  return { ...content, blocks };
}
