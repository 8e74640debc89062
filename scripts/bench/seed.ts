/** A city or a country for the benchmark: units with one contact each, who filed last month and have a list of projects. */
import { Assignment } from '../../entities/assignment';
import { Conversation } from '../../entities/conversation';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { tables } from '../../entities/tables';
import { Project } from '../../entities/tables/project';
import { Statistics } from '../../entities/tables/statistics';
import { Unit } from '../../entities/unit';
import { createDataSource } from '../../ormconfig';
import { Database, type Tx } from '../../src/database/database';
import { migrate } from '../../src/database/migrate';
import { userIdOf } from './talk';

/** 2026-07-01 09:00 in Xinyang: June is open, and no reminder or bulletin is due within the grace of the ticker. */
export const benchNow = new Date('2026-07-01T01:00:00Z');

const lastPeriod = '2026-05';
const lastMonth = new Date('2026-06-02T02:00:00Z');
const rowsAtOnce = 500;
const projectsEach = 3;

/** Migrates the database and fills it. */
export async function seed(databaseUrl: string, units: number): Promise<void> {
  const dataSource = await createDataSource(databaseUrl).initialize();
  try {
    await migrate(dataSource, tables);
    await new Database(dataSource).transact((tx) => fill(tx, units));
  } finally {
    await dataSource.destroy();
  }
}

async function fill(tx: Tx, count: number): Promise<void> {
  const insert = async (entity: new () => object, rowOf: (index: number) => object, total = count): Promise<void> => {
    for (let start = 0; start < total; start += rowsAtOnce) {
      const size = Math.min(rowsAtOnce, total - start);
      const rows = Array.from({ length: size }, (_, index) => rowOf(start + index));
      await tx.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
    }
  };
  await insert(Unit, () => unitRow(rootId, '/1/', 'ROOT', 'bureau'), 1);
  await insert(Unit, (index) => ({
    ...unitRow(unitIdOf(index), `/${rootId}/${unitIdOf(index)}/`, `U${index}`, 'county'),
    parentId: rootId,
  }));
  await insert(Person, (index) => ({ id: index + 1, name: `联络员${index}`, createdAt: lastMonth }));
  await insert(Identity, (index) => ({ channel: 'wecom', userId: userIdOf(index), personId: index + 1 }));
  const post = { role: 'contact', deputy: false, since: lastMonth, until: null };
  await insert(Assignment, (index) => ({ ...post, personId: index + 1, unitId: unitIdOf(index) }));
  const chat = { channel: 'wecom', chatKind: 'private', state: null, updatedAt: lastMonth };
  await insert(Conversation, (index) => ({ ...chat, chatId: userIdOf(index) }));
  await insert(Filing, filingRow);
  await insert(FilingVersion, versionRow);
  await insert(Statistics, (index) => ({ versionId: index + 1, ...lastFigures }));
  await insert(Project, (index) => projectRow(Math.floor(index / projectsEach)), count * projectsEach);
}

const rootId = 1;
const unitIdOf = (index: number): number => rootId + 1 + index;

const unitRow = (id: number, path: string, code: string, kind: string) => ({
  ...{ id, path, code, kind },
  parentId: null as number | null,
  name: `${code}市场监督管理局`,
  short: code,
  officialOrder: id,
});

const filingRow = (index: number) => ({
  id: index + 1,
  unitId: unitIdOf(index),
  tableName: 'statistics',
  period: lastPeriod,
  status: 'filed',
  draftNumber: 2,
  versionId: index + 1,
  firstFiledAt: lastMonth,
  timeliness: 'on_time',
});

const versionRow = (index: number) => ({
  id: index + 1,
  filingId: index + 1,
  number: 1,
  authorId: index + 1,
  confirmedAt: lastMonth,
  unchanged: false,
  receipt: `U${index}-202605-01`,
});

const lastFigures = {
  ...{ institutes: 4, enterprises: 24, patents: 120, smallFirms: 90 },
  ...{ platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' },
  ...{ licences: projectsEach, freeLicences: projectsEach, paidLicences: 0, paidAmount: '0' },
};

const projectRow = (index: number) => ({
  ...{ unitId: unitIdOf(index), authorId: index + 1, createdAt: lastMonth },
  ...{ licensor: '豫南大学', licensee: '恒通公司', patentNumbers: 'ZL202110234567.5' },
  ...{ paymentKind: 'free', fee: '0', remark: null },
});
