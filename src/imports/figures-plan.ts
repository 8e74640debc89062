/** What the row of figures in a file would do to the unit's report: figures that stay, are given or changed, and wrong cells. */
import type { ReadRow, ReadTable } from '../sheets/official';
import { askedFields, type FieldDefinition, type TableDefinition, type Values } from '../table/definition';
import type { Wrong } from './rows';
import { isSame } from './same';
import { readCell } from './values';

export interface GivenFigure {
  readonly field: FieldDefinition;
  readonly value: string;
  /** What the report holds now; undefined where it holds nothing. */
  readonly before: string | undefined;
}

/** A figure of the file that comes from a list and is not imported. */
export interface StatedFigure {
  readonly field: FieldDefinition;
  readonly address: string;
  readonly value: string;
}

export interface FiguresPlan {
  readonly same: number;
  readonly given: readonly GivenFigure[];
  readonly wrong: readonly Wrong[];
  /** Left blank in the file. */
  readonly blank: readonly FieldDefinition[];
  readonly stated: readonly StatedFigure[];
}

export interface Standing {
  /** Values in force: confirmed and drafted. */
  readonly values: Values;
  readonly notApplicable: ReadonlySet<string>;
}

const nothing: FiguresPlan = { same: 0, given: [], wrong: [], blank: [], stated: [] };

export function planFigures(definition: TableDefinition, row: ReadRow | null, standing: Standing): FiguresPlan {
  if (!row) return nothing;
  return askedFields(definition).reduce((plan, field) => withField(plan, field, row, standing), {
    ...nothing,
    stated: statedIn(definition, row),
  });
}

function withField(plan: FiguresPlan, field: FieldDefinition, row: ReadRow, standing: Standing): FiguresPlan {
  const cell = row.cells[field.key];
  if (!cell) return plan;
  const reading = readCell(field, cell);
  const before = standing.values[field.key];
  switch (reading.kind) {
    case 'blank':
      return { ...plan, blank: [...plan.blank, field] };
    case 'value':
      return isSame(field, before, reading.value)
        ? { ...plan, same: plan.same + 1 }
        : { ...plan, given: [...plan.given, { field, value: reading.value, before }] };
    case 'absent':
      if (standing.notApplicable.has(field.key)) return { ...plan, same: plan.same + 1 };
      return withWrong(plan, { row, cell, reason: `${field.short}不适用的原因请在聊天里说`, field: field.key });
    case 'wrong':
      return withWrong(plan, { row, cell, reason: `${field.short}${reading.reason}`, field: field.key });
  }
}

const withWrong = (plan: FiguresPlan, wrong: Wrong): FiguresPlan => ({ ...plan, wrong: [...plan.wrong, wrong] });

function statedIn(definition: TableDefinition, row: ReadRow): readonly StatedFigure[] {
  return definition.fields.flatMap((field): readonly StatedFigure[] => {
    const cell = row.cells[field.key];
    const reading = field.derived && cell ? readCell(field, cell) : null;
    return reading?.kind === 'value' && cell ? [{ field, address: cell.address, value: reading.value }] : [];
  });
}

export type OwnRow =
  | { readonly ok: true; readonly row: ReadRow | null }
  | { readonly ok: false; readonly reason: string };

/** The unit's own row: the only one, or the one that is labelled with the unit. */
export function ownRowOf(table: ReadTable, isOwn: (label: string) => boolean): OwnRow {
  const labelled = table.rows.filter((row) => row.unit !== null && row.unit !== '');
  if (labelled.length > 0) {
    const [row, second] = labelled.filter((each) => isOwn(each.unit ?? ''));
    if (!row) return { ok: false, reason: '没有您单位的这一行' };
    return second ? { ok: false, reason: '您单位有两行，请只留一行' } : { ok: true, row };
  }
  if (table.rows.length > 1)
    return { ok: false, reason: `有${table.rows.length}行，看不出哪一行是您单位的，请只留一行` };
  return { ok: true, row: table.rows[0] ?? null };
}
