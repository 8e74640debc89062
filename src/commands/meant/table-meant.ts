/**
 * Which of several tables an order or a request is about: the one that is named, else the one whose figures are spoken of,
 * else the one that this chat was just about, else the only one where it can be done; else it is asked, and nothing is done.
 */
import { In } from 'typeorm';
import { Filing, type FilingStatus } from '../../../entities/filing';
import { type Choice, say } from '../../channels/content';
import type { TableDefinition } from '../../table/definition';
import { figureTables, type Outcome, type Talk } from '../command';
import { tableSpokenOf } from './period-words';

export interface TableQuestion {
  /** Named where the table is said, not in a reason; null when none was. */
  readonly named: TableDefinition | null;
  /** Words in which a figure tells the table; absent where there are none but a reason. */
  readonly words?: string;
  /** Kinds of the units that it is about, where they are known. */
  readonly kinds?: readonly string[];
  /** Whether it can be done with this table. Asked only where several are left. */
  isPossible(table: TableDefinition): Promise<boolean>;
  /** The same message with the name of a table in it. */
  again(short: string): string;
}

export type TableMeant = { readonly table: TableDefinition } | { readonly refusal: Outcome };

export async function tableMeant(talk: Talk, question: TableQuestion): Promise<TableMeant> {
  const { named, words = '', kinds = [] } = question;
  const tables = figureTables(talk.tables);
  const filed = tables.filter(({ filedBy }) => kinds.every((kind) => filedBy.includes(kind)));
  const candidates = filed.length > 0 ? filed : tables;
  const [only, another] = candidates;
  if (!only) return { refusal: { content: say(['没有要报的报表。']) } };
  const recent = candidates.find(({ name }) => name === (talk.state.open ?? talk.state.acted)?.table);
  const told = named ?? (another ? (tableSpokenOf(words, candidates) ?? recent) : only);
  return told ? { table: told } : narrowDown(question, candidates);
}

async function narrowDown(question: TableQuestion, candidates: readonly TableDefinition[]): Promise<TableMeant> {
  const possible: TableDefinition[] = [];
  for (const table of candidates) if (await question.isPossible(table)) possible.push(table);
  // Where it cannot be done at all, the first says why.
  const meant = possible.length > 0 ? possible : candidates.slice(0, 1);
  const [first, another] = meant;
  if (first && !another) return { table: first };
  return { refusal: whichTable(meant, question) };
}

function whichTable(tables: readonly TableDefinition[], { again }: TableQuestion): Outcome {
  const names = tables.map(({ short }) => short);
  const choices: readonly Choice[] = names.map((label) => ({ label, text: again(label) }));
  const line = `请说明是哪张表：${names.join('、')}，如“${again(names[0] ?? '')}”。还没有办理。`;
  return { content: say([line], choices) };
}

/** The reports of some units for a table and period. */
export interface Reports {
  readonly unitIds: readonly number[];
  readonly table: string;
  readonly period: string;
}

/** Whether a report of one of the units stands like this; one that nobody began counts as a draft. */
export async function standsAs(
  { tx }: Pick<Talk, 'tx'>,
  { unitIds, table, period }: Reports,
  statuses: readonly FilingStatus[],
): Promise<boolean> {
  const filings = await tx.findBy(Filing, { unitId: In([...unitIds]), tableName: table, period });
  const statusOf = (unitId: number): FilingStatus => filings.find((each) => each.unitId === unitId)?.status ?? 'draft';
  return unitIds.some((unitId) => statuses.includes(statusOf(unitId)));
}

/** The table's name for words that are to be said back, where it has to be said at all: 撤销退回 光山 培训表 6月. */
export const tableMark = (tables: readonly TableDefinition[], { short }: Pick<TableDefinition, 'short'>): string =>
  figureTables(tables).length > 1 ? short : '';
