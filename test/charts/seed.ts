/** Counties as a bulletin finds them, for its pictures. */
import { tables } from '../../entities/tables';
import type { BulletinFacts } from '../../src/bulletins/compose';
import type { BulletinUnit } from '../../src/bulletins/unit-progress';
import { termsOf } from '../../src/calendar/periods';
import type { TableDefinition } from '../../src/table/definition';

const june = {
  institutes: '1',
  enterprises: '27',
  patents: '135',
  smallFirms: '1020',
  licences: '9',
  paidAmount: '48.2',
};
const may = {
  institutes: '1',
  enterprises: '24',
  patents: '135',
  smallFirms: '1100',
  licences: '8',
  paidAmount: '36.5',
};

const unreported = { state: 'none', timeliness: null, values: null } as const;

export function unit(order: number, changes: Partial<BulletinUnit> = {}): BulletinUnit {
  const filed = { state: 'filed', timeliness: 'on_time', unchanged: false, values: june, lastValues: may } as const;
  return { name: `县${order}`, order, ...filed, ...changes };
}

/** Seventeen of them: 12 in time, two late, one afterwards, two have not filed. */
export const units: readonly BulletinUnit[] = Array.from({ length: 17 }, (_, order) => {
  if (order < 2) return unit(order, unreported);
  if (order < 4) return unit(order, { timeliness: 'late' });
  return unit(order, order === 4 ? { timeliness: 'supplement' } : {});
});

export function facts(changes: Partial<BulletinFacts> = {}): BulletinFacts {
  const definition = tables[0] as TableDefinition;
  const terms = termsOf(definition.cadence, '2025-06');
  const asOf = new Date('2025-07-07T18:05+08:00');
  return { definition, terms, asOf, kind: 'provisional', units, version: '202506-P1', ...changes };
}

export { unreported };
