/** What the final bulletin tells otherwise than the provisional one: who has filed since, and which figures have changed. Pure. */
import Decimal from 'decimal.js';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { sumsOf } from './totals';
import { type BulletinUnit, progressOf } from './unit-progress';

/** The bulletin that was told before. */
export interface Earlier {
  /** `202506-P1` */
  readonly version: string;
  readonly units: readonly BulletinUnit[];
}

export interface Differences {
  /** 息县：未报→已报（迟报）, 新县：推送中小微300→260家 */
  readonly units: readonly string[];
  /** 企业173→176家, of all that are counted. */
  readonly totals: readonly string[];
  /** Units that have filed since; all that a group may read. */
  readonly filed: readonly string[];
}

export function differencesOf(
  definition: TableDefinition,
  before: readonly BulletinUnit[],
  after: readonly BulletinUnit[],
): Differences {
  const pairs = progressOf(after).all.map((unit) => ({ unit, old: before.find(({ name }) => name === unit.name) }));
  const moved = pairs.flatMap(({ unit, old }) => {
    const changes = [...stateChange(unit, old), ...figureChanges(definition, unit, old)];
    return changes.length > 0 ? [`${unit.name}：${changes.join('；')}`] : [];
  });
  return {
    units: moved,
    totals: totalChanges(definition, before, after),
    filed: pairs.filter(({ unit, old }) => isFiled(unit) && !(old && isFiled(old))).map(({ unit }) => unit.name),
  };
}

const isFiled = ({ state }: BulletinUnit): boolean => state === 'filed' || state === 'accepted' || state === 'returned';

const timelinessNames = { on_time: '按时', late: '迟报', supplement: '补报' } as const;

/** 已报 and 通过 are one thing to the readers of a bulletin. */
function stateOf(unit: BulletinUnit): string {
  if (!isFiled(unit)) return '未报';
  return unit.state === 'returned' ? '退回修改中' : '已报';
}

function stateChange(unit: BulletinUnit, old: BulletinUnit | undefined): readonly string[] {
  const [from, to] = [old ? stateOf(old) : '未报', stateOf(unit)];
  if (from === to) return [];
  const how = from === '未报' && unit.timeliness ? `（${timelinessNames[unit.timeliness]}）` : '';
  return [`${from}→${to}${how}`];
}

/** Of who had filed already: the figures of who files late are all new. */
function figureChanges(
  definition: TableDefinition,
  { values }: BulletinUnit,
  old: BulletinUnit | undefined,
): readonly string[] {
  if (!values || !old?.values) return [];
  const told = changesIn(definition.fields, old.values, values);
  return told.length > 0 ? [told.join('、')] : [];
}

function changesIn(fields: readonly FieldDefinition[], from: Values, to: Values): readonly string[] {
  return fields.flatMap((field) => {
    const [before, after] = [from[field.key], to[field.key]];
    if (isSame(field, before, after)) return [];
    const isNumber = field.kind === 'count' || field.kind === 'amount';
    return [isNumber ? `${field.short}${before ?? '—'}→${after ?? '—'}${field.unit}` : `${field.short}有改动`];
  });
}

function isSame({ kind }: FieldDefinition, before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return kind === 'count' || kind === 'amount' ? new Decimal(before).eq(after) : before === after;
}

function totalChanges(
  definition: TableDefinition,
  before: readonly BulletinUnit[],
  after: readonly BulletinUnit[],
): readonly string[] {
  const sums = (units: readonly BulletinUnit[]): Values =>
    sumsOf(
      definition,
      progressOf(units).counted.flatMap(({ values }) => (values ? [values] : [])),
    );
  return changesIn(definition.fields, sums(before), sums(after));
}
