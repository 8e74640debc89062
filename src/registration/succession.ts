/** 更换: ends a contact's post and finds the successor, who may be known already or has yet to register. */
import { IsNull } from 'typeorm';
import { Assignment, type Role } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Succession } from '../../entities/succession';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';

/** A contact's post with who holds or held it. */
export interface ContactPost {
  readonly postId: number;
  readonly personId: number;
  readonly name: string;
  readonly deputy: boolean;
  readonly isHeld: boolean;
}

interface Row {
  postId: number;
  personId: number;
  name: string;
  deputy: boolean | number;
  held: number | string;
}

/** Everybody who is or was a contact of the unit, the newest post last. */
export async function contactPosts(tx: Tx, unitId: number, now: Date): Promise<readonly ContactPost[]> {
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Person, 'person', 'person.id = post.personId')
    .select('post.id', 'postId')
    .addSelect('person.id', 'personId')
    .addSelect('person.name', 'name')
    .addSelect('post.deputy', 'deputy')
    .addSelect('CASE WHEN post.until IS NULL OR post.until > :now THEN 1 ELSE 0 END', 'held')
    .where("post.unitId = :unitId AND post.role = 'contact'", { unitId })
    .setParameter('now', now)
    .orderBy('post.id')
    .getRawMany<Row>();
  return rows.map(({ postId, personId, name, deputy, held }) => ({
    postId,
    personId,
    name,
    deputy: Boolean(deputy),
    isHeld: Number(held) === 1,
  }));
}

/** Somebody with an account and a post, of whatever unit. */
export interface HeldElsewhere {
  readonly personId: number;
  readonly name: string;
  readonly role: Role;
  readonly deputy: boolean;
  readonly short: string;
  readonly path: string;
}

/** Everybody of the name who has an account and holds a post, each with the first of them. */
export async function peopleNamed(tx: Tx, name: string, now: Date): Promise<readonly HeldElsewhere[]> {
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Person, 'person', 'person.id = post.personId')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .select('person.id', 'personId')
    .addSelect('person.name', 'name')
    .addSelect('post.role', 'role')
    .addSelect('post.deputy', 'deputy')
    .addSelect('unit.short', 'short')
    .addSelect('unit.path', 'path')
    .where('person.name = :name', { name })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .andWhere('EXISTS (SELECT 1 FROM identity WHERE identity.personId = person.id)')
    .orderBy('post.id')
    .getRawMany<Omit<HeldElsewhere, 'deputy'> & { deputy: boolean | number }>();
  const first = new Map(rows.toReversed().map((row) => [row.personId, { ...row, deputy: Boolean(row.deputy) }]));
  return [...first.values()].toReversed();
}

/** The post as it was seen; false when it ended in the meantime. */
export async function endPost(tx: Tx, { postId }: ContactPost, now: Date): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(Assignment)
    .set({ until: now })
    .where('id = :postId AND (until IS NULL OR until > :now)', { postId, now })
    .execute();
  return affected === 1;
}

export async function appoint(
  tx: Tx,
  post: Pick<Assignment, 'personId' | 'unitId' | 'deputy'>,
  now: Date,
): Promise<void> {
  await tx.insert(Assignment, { ...post, role: 'contact', since: now, until: null });
}

export const chatsOf = async (tx: Tx, personId: number): Promise<readonly Chat[]> =>
  (await tx.findBy(Identity, { personId })).map(({ channel, userId }) => ({ channel, kind: 'private', id: userId }));

/** The open order by which somebody of this name is to take over at the unit. */
export async function openSuccession(tx: Tx, unitId: number, name: string): Promise<Succession | null> {
  return tx.findOne(Succession, { where: { unitId, name, closedAt: IsNull() }, order: { id: 'DESC' } });
}

/** So long the bot waits for a successor to register; whoever comes of that name later is a new contact like any other. */
const weeksAwaited = 6;

export const awaitedSince = (now: Date): Date => inShanghai(now).minus({ weeks: weeksAwaited }).toJSDate();

/** The open order by which somebody who registers now takes over at once; null when it has lapsed. */
export async function awaitedSuccession(tx: Tx, unitId: number, name: string, now: Date): Promise<Succession | null> {
  const order = await openSuccession(tx, unitId, name);
  return order && order.orderedAt > awaitedSince(now) ? order : null;
}

/** False when somebody else closed it. */
export async function closeSuccession(
  tx: Tx,
  { id }: Succession,
  personId: number | null,
  now: Date,
): Promise<boolean> {
  const { affected } = await tx.update(Succession, { id, closedAt: IsNull() }, { personId, closedAt: now });
  return affected === 1;
}

/** Name of the contact whom somebody of this name is to take over from; null when nobody ordered that. */
export async function leaverBefore(tx: Tx, unitId: number, name: string, now: Date): Promise<string | null> {
  const order = await awaitedSuccession(tx, unitId, name, now);
  if (!order) return null;
  return (await tx.findOneBy(Person, { id: order.leaverId }))?.name ?? null;
}
