/** 导出: the official workbook of a period, 附件1 and 附件2, one row a county in official order. */
import { In } from 'typeorm';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingNote } from '../../entities/filing-note';
import { sumsOf } from '../bulletins/totals';
import { say } from '../channels/content';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { loadRows } from '../filing/lists';
import type { UnitStanding } from '../filing/standing';
import { type SheetData, type SheetRow, writeWorkbook } from '../sheets/workbook';
import type { TableDefinition, Values } from '../table/definition';
import { type AnswerFile, type Command, listsOf, type Talk } from './command';
import { askedOverview, nothingToSee, type Overview } from './overview';

const roles = ['staff', 'leader', 'lead'] as const;
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const exportWorkbook: Command = {
  words: '导出',
  help: '官方格式的汇总表（附件1、附件2），如“导出 6月”',
  roles,
  inGroup: false,
  match: (text) => /^(导出|下载|汇总表)/.test(text) && text.length <= 20,
  async run(talk) {
    const overview = await askedOverview(talk, roles);
    if (!overview) return nothingToSee;
    const { definition, top } = overview;
    const file = await buildWorkbook(talk, definition, overview, top.short);
    const filed = overview.standings.filter((unit) => unit.values !== null).length;
    const missing = overview.standings.length - filed;
    const lines = [
      `${overview.terms.label}${definition.short}：已报${filed}家`,
      missing > 0 ? `，未报${missing}家（留空）` : '',
    ];
    return { content: say([`${lines.join('')}。合计为已报单位之和。`]), files: [file] };
  },
};

async function buildWorkbook(
  { tx, now, tables }: Talk,
  definition: TableDefinition,
  overview: Overview,
  scope: string,
): Promise<AnswerFile> {
  const { period } = overview.terms;
  const filedOn = inShanghai(now).toFormat('y年M月d日');
  const page = { scope, period, filedOn, blanks: 0 };
  const sheets: SheetData[] = [
    {
      ...page,
      definition,
      rows: await figureRows(tx, definition, overview),
      totals: sumsOf(definition, filedValues(overview)),
    },
  ];
  for (const list of listsOf(definition, tables)) {
    sheets.push({ ...page, definition: list, rows: await listRows(tx, list, overview.standings), totals: null });
  }
  const bytes = await writeWorkbook(sheets);
  return { name: `${scope}${definition.title}（${overview.terms.label}）.xlsx`, mediaType, bytes };
}

async function figureRows(tx: Tx, definition: TableDefinition, { standings }: Overview): Promise<readonly SheetRow[]> {
  const absent = await notApplicableOf(tx, standings);
  return standings.map((unit) => {
    const values: Values = { ...unit.values, ...absent.get(unit.versionId ?? 0) };
    const status = unit.values === null ? { status: unit.status === 'returned' ? '退回修改中' : '未报' } : {};
    return { label: unit.short, values: pick(definition, values), ...status };
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

const filedValues = ({ standings }: Overview): readonly Values[] =>
  standings.flatMap((unit) => (unit.values ? [unit.values] : []));

/** The very rows that the confirmed versions counted, under their unit. */
async function listRows(
  tx: Tx,
  list: TableDefinition,
  standings: readonly UnitStanding[],
): Promise<readonly SheetRow[]> {
  const filed = standings.filter((unit) => unit.values !== null && unit.versionId !== null);
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
