/** 交接: what a new contact of a unit has to know: what was filed of late, what was sent back, what is drafted. */
import { IsNull, Not } from 'typeorm';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { termsOf } from '../calendar/periods';
import { type Block, type Content, heading, list, say } from '../channels/content';
import type { Tx } from '../database/database';
import { returnedNames } from '../dialogue/returned';
import { showValue, timelinessNames } from '../dialogue/wording';
import { loadValues } from '../filing/report';
import { loadReturned } from '../filing/return';
import { draftedFields } from '../reminders/contents';
import { fieldOf, type TableDefinition, type Values } from '../table/definition';

const reportsShown = 3;

export interface HandoverFacts {
  readonly unitId: number;
  /** 罗山县 */
  readonly short: string;
  /** Who was it before. */
  readonly leaver: string;
  readonly tables: readonly TableDefinition[];
}

export async function composeHandover(tx: Tx, { unitId, short, leaver, tables }: HandoverFacts): Promise<Content> {
  const parts: Part[] = [];
  for (const definition of tables.filter(({ shape }) => shape === 'figures')) {
    parts.push(await partOf(tx, unitId, definition));
  }
  const [filed, returned, drafted] = [
    parts.flatMap((part) => part.filed),
    parts.flatMap((part) => part.returned),
    parts.flatMap((part) => part.drafted),
  ];
  const isOpen = returned.length + drafted.length > 0;
  const blocks: (Block | string)[] = [
    heading(`${short}交接`),
    `您接替${leaver}负责${short}。`,
    ...(filed.length > 0 ? [`近${filed.length}期报告：`, list(filed)] : ['还没有报过。']),
    `待改退回【${returned.length}】条${returned.length > 0 ? '：' : '。'}`,
    ...(returned.length > 0 ? [list(returned)] : []),
    ...(drafted.length > 0 ? drafted : ['没有未交的草稿。']),
    ...(isOpen ? ['回“继续”接着办。'] : []),
  ];
  return say(blocks, [isOpen ? '继续' : '上报']);
}

interface Part {
  readonly filed: readonly string[];
  readonly returned: readonly string[];
  readonly drafted: readonly string[];
}

async function partOf(tx: Tx, unitId: number, definition: TableDefinition): Promise<Part> {
  const which = { unitId, tableName: definition.name };
  const filed = await tx.find(Filing, {
    where: { ...which, versionId: Not(IsNull()) },
    order: { period: 'DESC' },
    take: reportsShown,
  });
  const returned = await tx.findBy(Filing, { ...which, status: 'returned' });
  const drafts = await tx.find(Filing, { where: { ...which, status: 'draft' }, order: { period: 'DESC' }, take: 1 });
  return {
    filed: await each(filed, (filing) => filedLine(tx, definition, filing)),
    returned: await each(returned, (filing) => returnedLine(tx, definition, filing)),
    drafted: (await each(drafts, (filing) => draftLine(tx, definition, filing))).flat(),
  };
}

async function each<From, To>(items: readonly From[], work: (item: From) => Promise<To>): Promise<readonly To[]> {
  const results: To[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

const nameOf = (definition: TableDefinition, { period }: Filing): string =>
  `${termsOf(definition.cadence, period).label}${definition.short}`;

/** 2025年5月统计表（LS-202505-01，按时）：高校院所2家，企业15家 … */
async function filedLine(tx: Tx, definition: TableDefinition, filing: Filing): Promise<string> {
  const { versionId, timeliness } = filing;
  const version = await tx.findOneBy(FilingVersion, { id: versionId ?? 0 });
  const values = (await loadValues(tx, definition, versionId ?? 0)) ?? {};
  const marks = [version?.receipt, timeliness && timelinessNames[timeliness]].filter(Boolean).join('，');
  return `${nameOf(definition, filing)}（${marks}）：${figuresIn(definition, values)}`;
}

/** Its counts and amounts; the rest stands in the report. */
function figuresIn(definition: TableDefinition, values: Values): string {
  const shown = definition.fields.filter(({ key, kind }) => kind !== 'text' && values[key] !== undefined);
  return shown.map(({ key, short }) => `${short}${showValue(fieldOf(definition, key), values[key] ?? '')}`).join('，');
}

async function returnedLine(tx: Tx, definition: TableDefinition, filing: Filing): Promise<string> {
  const returned = await loadReturned(tx, filing.id);
  const what = returned ? `退回${returnedNames(definition, returned.fields)}，原因：${returned.reason}` : '退回修改中';
  return `${nameOf(definition, filing)}：${what}`;
}

async function draftLine(tx: Tx, definition: TableDefinition, filing: Filing): Promise<readonly string[]> {
  const subject = { definition, period: filing.period };
  const given = (await draftedFields(tx, subject, [{ unitId: filing.unitId }])).get(filing.unitId);
  return given ? [`${nameOf(definition, filing)}草稿已填${given.size}项，还没有提交。`] : [];
}
