/** 审计: what staff decide is kept with who decided it and when. */
import { In } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { AuditEntry } from '../../entities/audit-entry';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';

/** @param entries `subject` in words that stay true when names change; no phone numbers. */
export async function recordAudit(tx: Tx, ...entries: readonly Omit<AuditEntry, 'id'>[]): Promise<void> {
  await tx.insert(AuditEntry, [...entries]);
}

export interface AuditLine {
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  readonly subject: string;
}

/** The newest decisions of people who hold or held a post within one of the subtrees, newest first. */
export async function latestAudit(tx: Tx, within: readonly string[], count: number): Promise<readonly AuditLine[]> {
  const posts = tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .select('post.personId')
    .where(within.map((_, index) => `unit.path LIKE :within${index}`).join(' OR '));
  const entries = await tx
    .createQueryBuilder(AuditEntry, 'entry')
    .where(`entry.personId IN (${posts.getQuery()})`)
    .setParameters(Object.fromEntries(within.map((path, index) => [`within${index}`, `${path}%`])))
    .orderBy('entry.id', 'DESC')
    .limit(count)
    .getMany();
  const people = await tx.findBy(Person, { id: In(entries.map((entry) => entry.personId)) });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return entries.map(({ at, personId, action, subject }) => ({ at, who: names.get(personId) ?? '', action, subject }));
}
