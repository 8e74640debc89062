/** What the playground asks of the trial: its people, groups, chats and clock, from the database. */
import { In, IsNull } from 'typeorm';
import { Assignment, type Role } from '../../entities/assignment';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { OutboxMessage } from '../../entities/outbox-message';
import { Person } from '../../entities/person';
import { TrialMessage } from '../../entities/trial-message';
import { Unit } from '../../entities/unit';
import type { Ticker } from '../calendar/ticker';
import type { Chat, OutboundFile } from '../channels/channel';
import { type Content, say } from '../channels/content';
import type { MovableClock } from '../clock';
import type { Database } from '../database/database';
import { loadFile } from '../delivery/files';
import type { Sender } from '../delivery/sender';
import { newcomer } from './sample-people';
import { trialChannel } from './seed';
import { keepClock } from './trial-clock';

export interface TrialParts {
  readonly database: Database;
  readonly clock: MovableClock;
  readonly ticker: Pick<Ticker, 'runThrough' | 'tick'>;
  readonly sender: Pick<Sender, 'drain'>;
}

interface PersonRow {
  userId: string;
  name: string;
  role: Role | null;
  deputy: boolean | number | null;
  unit: string | null;
}

interface Said {
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly userId: string | null;
  readonly name: string | null;
  readonly at: string;
  /** Among what was said at the same instant. */
  readonly order: number;
  readonly content: Content;
  readonly recalled?: boolean;
}

/** Beyond this, moving the clock skips what would have happened in between. */
const longestWalkMs = 45 * 24 * 60 * 60 * 1000;
const drainMs = 10_000;

export class TrialHost {
  constructor(private readonly parts: TrialParts) {}

  async people() {
    const rows = await this.parts.database.read((tx) =>
      tx
        .createQueryBuilder(Identity, 'identity')
        .innerJoin(Person, 'person', 'person.id = identity.personId')
        .leftJoin(Assignment, 'post', 'post.personId = person.id AND post.until IS NULL')
        .leftJoin(Unit, 'unit', 'unit.id = post.unitId')
        .select('identity.userId', 'userId')
        .addSelect('person.name', 'name')
        .addSelect('post.role', 'role')
        .addSelect('post.deputy', 'deputy')
        .addSelect('unit.short', 'unit')
        .where('identity.channel = :channel', { channel: trialChannel })
        .orderBy('identity.id')
        .getRawMany<PersonRow>(),
    );
    const known = rows.map(({ userId, name, role, deputy, unit }) => ({
      userId,
      name,
      role: roleName(role, Boolean(deputy)),
      unit: unit ?? '',
    }));
    // Once registered, the newcomer is one of the people.
    const isKnown = known.some((person) => person.userId === newcomer.userId);
    return isKnown ? known : [...known, { ...newcomer, role: '未登记', unit: '' }];
  }

  async groups() {
    const bindings = await this.parts.database.read((tx) => tx.findBy(ChatBinding, { channel: trialChannel }));
    return bindings.map(({ chatId, name }) => ({ id: chatId, name }));
  }

  async history(chat: Chat, limit: number): Promise<readonly Said[]> {
    const names = new Map((await this.people()).map((person) => [person.userId, person.name]));
    return this.parts.database.read(async (tx) => {
      const where = { chatKind: chat.kind, chatId: chat.id };
      const typed = await tx.find(TrialMessage, { where, order: { id: 'DESC' }, take: limit });
      const sent = { ...where, channel: trialChannel, recalls: IsNull(), status: In(['sent', 'recalled']) };
      const told = await tx.find(OutboxMessage, { where: sent, order: { id: 'DESC' }, take: limit });
      const said = [...typed.map((row) => typedOf(row, names)), ...told.map(toldOf)];
      return said.sort((a, b) => a.at.localeCompare(b.at) || rank(a) - rank(b) || a.order - b.order).slice(-limit);
    });
  }

  async record(chat: Chat, message: { userId: string; text: string; at: Date }): Promise<string> {
    const row = { chatKind: chat.kind, chatId: chat.id, ...message };
    const { identifiers } = await this.parts.database.transact((tx) => tx.insert(TrialMessage, row));
    return `typed:${identifiers[0]?.['id']}`;
  }

  /** Everything due in between happens at its own time, unless the way is too long. */
  async moveClock(to: Date | null): Promise<void> {
    const { clock, ticker, sender, database } = this.parts;
    const before = clock.now();
    const target = to ?? realNow(clock);
    const walk = target.getTime() - before.getTime();
    clock.set(before);
    const settle = () => sender.drain(drainMs);
    if (walk > 0 && walk <= longestWalkMs) await ticker.runThrough(target, (instant) => clock.set(instant), settle);
    if (to === null) clock.reset();
    else clock.set(to);
    await keepClock(database, clock);
    await ticker.tick();
    await settle();
  }

  load(fileId: number): Promise<OutboundFile> {
    return this.parts.database.read((tx) => loadFile(tx, fileId));
  }
}

function realNow(clock: MovableClock): Date {
  clock.reset();
  return clock.now();
}

function roleName(role: Role | null, deputy: boolean): string {
  if (role === 'contact') return deputy ? '副联络员' : '联络员';
  const names = { lead: '分管领导', staff: '市局人员', leader: '市局领导' } as const;
  return role ? names[role] : '';
}

const rank = (said: Said): number => (said.from === 'person' ? 0 : 1);

const typedOf = (row: TrialMessage, names: ReadonlyMap<string, string>): Said => ({
  id: `typed:${row.id}`,
  from: 'person',
  userId: row.userId,
  name: names.get(row.userId) ?? row.userId,
  at: row.at.toISOString(),
  order: row.id,
  content: say([row.text]),
});

const toldOf = (row: OutboxMessage): Said => ({
  id: `sent:${row.id}`,
  from: 'bot',
  userId: null,
  name: null,
  // When it was decided: the trial's clock may have moved on before it was sent.
  at: row.createdAt.toISOString(),
  order: row.id,
  ...(row.status === 'recalled' ? { content: say([]), recalled: true } : { content: row.content }),
});
