/** Who is speaking, and over which units they hold which role. */
import { Assignment, type Role } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';

export interface UnitRef {
  readonly id: number;
  readonly path: string;
  readonly code: string;
  readonly name: string;
  readonly short: string;
}

/** 任职 */
export interface Post {
  readonly role: Role;
  readonly deputy: boolean;
  readonly unit: UnitRef;
}

export interface Speaker {
  readonly personId: number;
  readonly name: string;
  readonly posts: readonly Post[];
}

interface Row {
  personId: number;
  personName: string;
  role: Role | null;
  deputy: boolean | number;
  unitId: number;
  path: string;
  code: string;
  unitName: string;
  unitShort: string;
}

/** The person behind an account with the posts held now; null when the account is unknown. */
export async function identify(tx: Tx, channel: string, userId: string, now: Date): Promise<Speaker | null> {
  const rows = await tx
    .createQueryBuilder(Identity, 'i')
    .innerJoin(Person, 'p', 'p.id = i.personId')
    .leftJoin(Assignment, 'a', 'a.personId = p.id AND a.since <= :now AND (a.until IS NULL OR a.until > :now)', { now })
    .leftJoin(Unit, 'u', 'u.id = a.unitId')
    .select(['p.id AS "personId"', 'p.name AS "personName"', 'a.role AS role', 'a.deputy AS deputy'])
    .addSelect([
      'u.id AS "unitId"',
      'u.path AS path',
      'u.code AS code',
      'u.name AS "unitName"',
      'u.short AS "unitShort"',
    ])
    .where('i.channel = :channel AND i.userId = :userId', { channel, userId })
    .orderBy('a.id')
    .getRawMany<Row>();
  const [first] = rows;
  if (!first) return null;
  return { personId: first.personId, name: first.personName, posts: rows.flatMap(postOf) };
}

function postOf(row: Row): readonly Post[] {
  if (row.role === null) return [];
  const unit = { id: row.unitId, path: row.path, code: row.code, name: row.unitName, short: row.unitShort };
  return [{ role: row.role, deputy: Boolean(row.deputy), unit }];
}

/** The units whose figures the speaker reports. */
export function reportedUnits(speaker: Speaker): readonly UnitRef[] {
  return speaker.posts.filter((post) => post.role === 'contact').map((post) => post.unit);
}

/** A role reaches its unit and all below it. */
export function reaches(post: Post, unit: Pick<UnitRef, 'path'>): boolean {
  return unit.path.startsWith(post.unit.path);
}

/** The posts from which a speaker works through or reads a whole subtree. */
export function overseeing(speaker: Speaker, roles: readonly Role[]): readonly Post[] {
  return speaker.posts.filter((post) => roles.includes(post.role));
}
