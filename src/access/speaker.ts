/** Who is speaking, and over which units they hold which role. */
import type { Role } from '../../entities/assignment';
import { reading, type Statement, selecting } from '../database/sql';

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
  directory: string;
  personId: number;
  personName: string;
  postId: number | null;
  role: Role | null;
  deputy: boolean | number;
  unitId: number;
  path: string;
  code: string;
  unitName: string;
  unitShort: string;
}

const postsOfAccount = `
  SELECT identity.channel AS directory, person.id AS personId, person.name AS personName, post.id AS postId, post.role, post.deputy,
    unit.id AS unitId, unit.path, unit.code, unit.name AS unitName, unit.short AS unitShort
  FROM identity
  JOIN person ON person.id = identity.personId
  LEFT JOIN assignment post ON post.personId = person.id AND post.since <= ? AND (post.until IS NULL OR post.until > ?)
  LEFT JOIN unit ON unit.id = post.unitId
  WHERE identity.userId = ?`;

/** The person behind an account with the posts held now; null when it is unknown. Of several directories the first counts. */
export function identifying(directories: readonly string[], userId: string, now: Date): Statement<Speaker | null> {
  const sql = `${postsOfAccount} AND identity.channel IN (${directories.map(() => '?').join(', ')})`;
  return reading(selecting<Row>(sql, [now, now, userId, ...directories]), (rows) => {
    const known = directories.find((directory) => rows.some((row) => row.directory === directory));
    return speakerOf(rows.filter((row) => row.directory === known));
  });
}

function speakerOf(rows: readonly Row[]): Speaker | null {
  const [first] = rows;
  if (!first) return null;
  return { personId: first.personId, name: first.personName, posts: rows.toSorted(byPost).flatMap(postOf) };
}

/** In the order in which they were given; sorted here, since the database would make a temporary table for it. */
const byPost = (one: Row, other: Row): number => (one.postId ?? 0) - (other.postId ?? 0);

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
