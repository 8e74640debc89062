/** The official workbook of a period, 附件1 and 附件2, one row a county in official order: for 导出 and with each bulletin. */
import { In } from 'typeorm';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingNote } from '../../entities/filing-note';
import { sumsOf } from '../bulletins/totals';
import type { PeriodTerms } from '../calendar/periods';
import type { OutboundFile } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { loadRows } from '../filing/lists';
import type { UnitStanding } from '../filing/standing';
import { type SheetData, type SheetRow, writeWorkbook } from '../sheets/workbook';
import type { TableDefinition, Values } from '../table/definition';

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface WorkbookFacts {
  readonly definition: TableDefinition;
  /** All that are declared: the lists that go with the table are among them. */
  readonly tables: readonly TableDefinition[];
  readonly terms: PeriodTerms;
  /** Short name of the unit at the top. */
  readonly scope: string;
  readonly standings: readonly UnitStanding[];
  readonly now: Date;
}

export async function buildWorkbook(tx: Tx, facts: WorkbookFacts): Promise<OutboundFile> {
  const { definition, tables, terms, scope, standings, now } = facts;
  const filedOn = inShanghai(now).toFormat('y年M月d日');
  const page = { scope, period: terms.period, filedOn, blanks: 0 };
  const rows = await figureRows(tx, definition, standings);
  const sheets: SheetData[] = [{ ...page, definition, rows, totals: sumsOf(definition, filedValues(standings)) }];
  for (const list of tables.filter(({ name }) => definition.lists.includes(name))) {
    sheets.push({ ...page, definition: list, rows: await listRows(tx, list, standings), totals: null });
  }
  const bytes = await writeWorkbook(sheets);
  return { name: `${scope}${definition.title}（${terms.label}）.xlsx`, mediaType, bytes };
}

async function figureRows(
  tx: Tx,
  definition: TableDefinition,
  standings: readonly UnitStanding[],
): Promise<readonly SheetRow[]> {
  const absent = await notApplicableOf(tx, standings);
  return standings.map((unit) => {
    if (!isCounted(unit))
      return { label: unit.short, values: {}, status: unit.values === null ? '未报' : '退回修改中' };
    const values: Values = { ...unit.values, ...absent.get(unit.versionId ?? 0) };
    return { label: unit.short, values: pick(definition, values) };
  });
}

const pick = (definition: TableDefinition, values: Values): Values =>
  Object.fromEntries(definition.fields.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]])));

/** 不适用 stands in the cell, so that a blank there means 未填 only. */
async function notApplicableOf(tx: Tx, standings: readonly UnitStanding[]): Promise<ReadonlyMap<number, Values>> {
  const versionIds = standings.flatMap((unit) => unit.versionId ?? []);
  const notes = await tx.findBy(FilingNote, { versionId: In(versionIds), kind: 'not_applicable' });
  const byVersion = new Map<number, Record<string, string>>();
  for (const note of notes) byVersion.set(note.versionId, { ...byVersion.get(note.versionId), [note.field]: '不适用' });
  return byVersion;
}

/** What was sent back stands in no row and no total until it is filed again. */
const isCounted = ({ values, status }: UnitStanding): boolean => values !== null && status !== 'returned';

const filedValues = (standings: readonly UnitStanding[]): readonly Values[] =>
  standings.flatMap((unit) => (unit.values && isCounted(unit) ? [unit.values] : []));

/** The very rows that the confirmed versions counted, under their unit. */
async function listRows(
  tx: Tx,
  list: TableDefinition,
  standings: readonly UnitStanding[],
): Promise<readonly SheetRow[]> {
  const filed = standings.filter(isCounted);
  const versionIds = filed.map((unit) => unit.versionId ?? 0);
  const links = await tx.findBy(FilingEntry, { versionId: In(versionIds), tableName: list.name });
  const rows = await loadRows(
    tx,
    list,
    links.map((link) => link.rowId),
  );
  const byRow = new Map(rows.map((row) => [row.rowId, row]));
  return filed.flatMap((unit) =>
    links
      .filter((link) => link.versionId === unit.versionId)
      .sort((a, b) => a.ordinal - b.ordinal)
      .flatMap((link) => {
        const row = byRow.get(link.rowId);
        return row ? [{ label: unit.short, values: row.values }] : [];
      }),
  );
}
