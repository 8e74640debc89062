/** Who reads the figures of a unit: whoever holds a post over it or over a unit above it. */
import { Assignment, type Role } from '../../entities/assignment';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';
import type { UnitRef } from './speaker';

interface Row {
  unit: string;
  role: Role;
  deputy: boolean | number;
  name: string;
}

const roleNames: Readonly<Record<Role, string>> = {
  contact: '联络员',
  lead: '分管领导',
  staff: '市局人员',
  leader: '市局领导',
};
const roleOrder = Object.keys(roleNames) as readonly Role[];

/** So many names of one role are told; of the others only how many. */
const mostNames = 6;

/** 光山县：联络员张三，副联络员李四，分管领导赵磊: a line for each unit, the unit itself first. */
export async function readersOf(tx: Tx, unit: Pick<UnitRef, 'path'>, now: Date): Promise<readonly string[]> {
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .innerJoin(Person, 'person', 'person.id = post.personId')
    .select('unit.short', 'unit')
    .addSelect('post.role', 'role')
    .addSelect('post.deputy', 'deputy')
    .addSelect('person.name', 'name')
    .where('unit.id IN (:...ids)', { ids: unit.path.split('/').filter(Boolean).map(Number) })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .orderBy('LENGTH(unit.path)', 'DESC')
    .addOrderBy('post.deputy')
    .addOrderBy('post.id')
    .getRawMany<Row>();
  const units = [...new Set(rows.map((row) => row.unit))];
  return units.map((each) => `${each}：${rolesIn(rows.filter((row) => row.unit === each))}`);
}

function rolesIn(rows: readonly Row[]): string {
  const kinds = roleOrder.flatMap((role) => [false, true].map((deputy) => ({ role, deputy })));
  return kinds
    .map(({ role, deputy }) => {
      const names = rows.filter((row) => row.role === role && Boolean(row.deputy) === deputy).map((row) => row.name);
      return names.length === 0 ? '' : `${nameOfRole(role, deputy)}${shorten(names)}`;
    })
    .filter((part) => part !== '')
    .join('，');
}

export const nameOfRole = (role: Role, deputy: boolean): string =>
  deputy && role === 'contact' ? '副联络员' : roleNames[role];

const shorten = (names: readonly string[]): string =>
  names.length <= mostNames ? names.join('、') : `${names.slice(0, mostNames).join('、')}等${names.length}人`;
