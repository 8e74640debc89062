/** Where all units of a subtree stand with a period: a few queries, however many units there are. */
import { Filing, type FilingStatus, type Timeliness } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { Unit } from '../../entities/unit';
import { termsOf } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { TableDefinition, Values } from '../table/definition';
import { instantOf, valuesOfRow } from './rows';

export interface UnitStanding {
  readonly unitId: number;
  readonly code: string;
  readonly short: string;
  readonly name: string;
  /** Null when nothing was begun. */
  readonly status: FilingStatus | null;
  readonly timeliness: Timeliness | null;
  /** On time only thanks to an extension. */
  readonly extended: boolean;
  /** 延期 */
  readonly extendedTo: Date | null;
  /** 补报 */
  readonly supplementUntil: Date | null;
  readonly unchanged: boolean;
  readonly versionId: number | null;
  readonly confirmedAt: Date | null;
  readonly values: Values | null;
  /** The figures of the period before. */
  readonly lastValues: Values | null;
  /** Those figures were sent back and never put right, so that no total has them. */
  readonly lastReturned: boolean;
}

export interface StandingQuery {
  readonly definition: TableDefinition;
  readonly period: string;
  readonly previousPeriod: string;
  /** Path of the unit at the top of the subtree. */
  readonly within: string;
}

/** In official order; only the kinds of unit that file the table. */
export async function loadStanding(tx: Tx, query: StandingQuery): Promise<readonly UnitStanding[]> {
  const units = await tx
    .createQueryBuilder(Unit, 'unit')
    .where('unit.path LIKE :subtree', { subtree: `${query.within}%` })
    .andWhere('unit.kind IN (:...kinds)', { kinds: [...query.definition.filedBy] })
    .orderBy('unit.officialOrder')
    .addOrderBy('unit.id')
    .getMany();
  const now = await loadConfirmed(tx, query, query.period);
  const before = await loadConfirmed(tx, query, query.previousPeriod);
  return units.map((unit) => standingOf(query, unit, now.get(unit.id), before.get(unit.id)));
}

type ConfirmedRow = Record<string, unknown> & {
  unitId: number;
  filingStatus: FilingStatus;
  filingTimeliness: Timeliness | null;
  filingVersionId: number | null;
  firstFiledAt: Date | string | null;
  extendedTo: Date | string | null;
  supplementUntil: Date | string | null;
  versionUnchanged: boolean | number | null;
  versionConfirmedAt: Date | string | null;
};

async function loadConfirmed(tx: Tx, query: StandingQuery, period: string): Promise<ReadonlyMap<number, ConfirmedRow>> {
  const { definition } = query;
  const rows = await tx
    .createQueryBuilder(Filing, 'filing')
    .innerJoin(Unit, 'unit', 'unit.id = filing.unitId')
    .leftJoin(FilingVersion, 'version', 'version.id = filing.versionId')
    .leftJoin(definition.entity, 'figures', 'figures.versionId = filing.versionId')
    .select('filing.unitId', 'unitId')
    .addSelect('filing.status', 'filingStatus')
    .addSelect('filing.timeliness', 'filingTimeliness')
    .addSelect('filing.versionId', 'filingVersionId')
    .addSelect('filing.firstFiledAt', 'firstFiledAt')
    .addSelect('filing.extendedTo', 'extendedTo')
    .addSelect('filing.supplementUntil', 'supplementUntil')
    .addSelect('version.unchanged', 'versionUnchanged')
    .addSelect('version.confirmedAt', 'versionConfirmedAt')
    .addSelect(definition.fields.map((field) => `figures.${field.key} AS "${field.key}"`))
    .where('filing.tableName = :table AND filing.period = :period', { table: definition.name, period })
    .andWhere('unit.path LIKE :subtree', { subtree: `${query.within}%` })
    .getRawMany<ConfirmedRow>();
  return new Map(rows.map((row) => [row.unitId, row]));
}

function standingOf(
  { definition, period }: StandingQuery,
  unit: Unit,
  row: ConfirmedRow | undefined,
  before: ConfirmedRow | undefined,
): UnitStanding {
  const confirmed = (each: ConfirmedRow | undefined): Values | null =>
    each && each.filingVersionId !== null && each.filingStatus !== 'draft' ? valuesOfRow(definition, each) : null;
  return {
    unitId: unit.id,
    code: unit.code,
    short: unit.short,
    name: unit.name,
    status: row?.filingStatus ?? null,
    timeliness: row?.filingTimeliness ?? null,
    extended: row?.filingTimeliness === 'on_time' && isAfterDue(definition, period, row.firstFiledAt),
    extendedTo: row?.extendedTo ? instantOf(row.extendedTo) : null,
    supplementUntil: row?.supplementUntil ? instantOf(row.supplementUntil) : null,
    unchanged: Boolean(row?.versionUnchanged),
    versionId: row?.filingVersionId ?? null,
    confirmedAt: row?.versionConfirmedAt ? instantOf(row.versionConfirmedAt) : null,
    values: confirmed(row),
    lastValues: confirmed(before),
    lastReturned: before?.filingStatus === 'returned',
  };
}

function isAfterDue({ cadence }: TableDefinition, period: string, filedAt: Date | string | null): boolean {
  return filedAt !== null && instantOf(filedAt) > termsOf(cadence, period).dueAt;
}
