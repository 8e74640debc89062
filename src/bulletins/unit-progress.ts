/** Where the units of a bulletin stand, counted and named; who is in its totals. Drafts count for nothing. */
import type { Values } from '../table/definition';

export type UnitState = 'filed' | 'accepted' | 'returned' | 'draft' | 'none';

/** One unit that has to file, as storage knows it. */
export interface BulletinUnit {
  readonly name: string;
  /** Official order. */
  readonly order: number;
  readonly state: UnitState;
  /** By the first valid submission; null while there is none. */
  readonly timeliness: 'on_time' | 'late' | 'supplement' | null;
  /** On time only thanks to an extension. */
  readonly extended?: boolean;
  /** Filed as 本月无变化. */
  readonly unchanged: boolean;
  /** Of the filing that stands; null when nothing is filed. Blank figures are absent. */
  readonly values: Values | null;
  /** Last period's, for comparison; null also when they were in no total. */
  readonly lastValues: Values | null;
  /** Fields that the unit declared 不适用: blank for a reason. */
  readonly notApplicable?: readonly string[];
  /** For leaders, such as 因防汛暂停催报. */
  readonly note?: string | null;
}

/** What storage knows of a unit, as `BulletinUnit` without the order. */
export interface Standing
  extends Pick<BulletinUnit, 'timeliness' | 'extended' | 'unchanged' | 'values' | 'lastValues'> {
  readonly short: string;
  /** Null when nothing was begun. */
  readonly status: Exclude<UnitState, 'none'> | null;
  /** Last period's figures are still sent back. */
  readonly lastReturned?: boolean;
}

export function bulletinUnitOf(standing: Standing, order: number): BulletinUnit {
  const { short: name, status, timeliness, extended, unchanged, values } = standing;
  const lastValues = standing.lastReturned ? null : standing.lastValues;
  return { name, order, state: status ?? 'none', timeliness, extended, unchanged, values, lastValues };
}

/** Units by what a bulletin says of them, each group in official order. */
export interface Progress {
  readonly all: readonly BulletinUnit[];
  /** 已报: submitted and standing, or returned for correction. */
  readonly filed: readonly BulletinUnit[];
  readonly missing: readonly BulletinUnit[];
  readonly returned: readonly BulletinUnit[];
  /** What the totals are made of: filed and not returned. */
  readonly counted: readonly BulletinUnit[];
  readonly onTime: readonly BulletinUnit[];
  readonly extended: readonly BulletinUnit[];
  readonly late: readonly BulletinUnit[];
  readonly supplements: readonly BulletinUnit[];
  readonly unchanged: readonly BulletinUnit[];
}

/** A roll of a whole province stays readable; staff have a command that names everyone. */
const namesAtMost = 40;

export function progressOf(units: readonly BulletinUnit[]): Progress {
  const all = [...units].sort((one, other) => one.order - other.order);
  const filed = all.filter(({ state }) => state === 'filed' || state === 'accepted' || state === 'returned');
  const counted = filed.filter(({ state }) => state !== 'returned');
  const onTime = filed.filter(({ timeliness }) => timeliness === 'on_time');
  return {
    all,
    filed,
    counted,
    onTime,
    missing: all.filter(({ state }) => state === 'draft' || state === 'none'),
    returned: filed.filter(({ state }) => state === 'returned'),
    extended: onTime.filter(({ extended }) => extended === true),
    late: filed.filter(({ timeliness }) => timeliness === 'late'),
    supplements: filed.filter(({ timeliness }) => timeliness === 'supplement'),
    unchanged: counted.filter(({ unchanged }) => unchanged),
  };
}

/** 新县、息县; with what is to be said of a unit in brackets behind its name. */
export function namesOf(
  units: readonly BulletinUnit[],
  remark: (unit: BulletinUnit) => string | null = () => null,
): string {
  const named = units.slice(0, namesAtMost).map((unit) => {
    const said = remark(unit);
    return said ? `${unit.name}（${said}）` : unit.name;
  });
  return named.join('、') + (units.length > namesAtMost ? `等${units.length}家` : '');
}
