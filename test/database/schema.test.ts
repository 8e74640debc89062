import { Column, Entity } from 'typeorm';
import { tables } from '../../entities/tables';
import { createDataSource } from '../../ormconfig';
import { migrate } from '../../src/database/migrate';
import { defineTable, Figure, Table } from '../../src/table/declare';
import { FiguresRow } from '../../src/table/stored';
import { databases, type OpenDatabase } from '../support/databases';

@Table({ name: 'training', attachment: '附件3', title: '培训情况统计表', short: '培训表' })
class Training extends FiguresRow {
  @Figure({ name: '培训场次', short: '场次', unit: '场' })
  sessions!: number | null;
}

/** The same table as the next notice asks for it: with another figure. */
@Table({ name: 'training', attachment: '附件3', title: '培训情况统计表', short: '培训表' })
class LongerTraining extends FiguresRow {
  @Figure({ name: '培训场次', short: '场次', unit: '场' })
  sessions!: number | null;

  @Figure({ name: '参训人数', short: '人数', unit: '人' })
  people!: number | null;
}

/** A class that the migrations know nothing of. */
@Entity('unmigrated')
class Unmigrated {
  @Column('int', { primary: true })
  id!: number;
}

const opened: OpenDatabase[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe.each(databases)('the schema ($name)', ({ open }) => {
  async function fresh(...extraTables: (new () => object)[]): Promise<OpenDatabase> {
    const database = await open(extraTables);
    opened.push(database);
    return database;
  }

  /** What TypeORM would still change for the stored schema to be that of the entities. */
  async function differences(url: string, ...extraClasses: (new () => object)[]): Promise<readonly string[]> {
    const dataSource = await createDataSource(url, extraClasses).initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query);
    } finally {
      await dataSource.destroy();
    }
  }

  it('after the migrations is the one that the entities and tables declare', async () => {
    const { url } = await fresh();
    expect(await differences(url)).toEqual([]);
  });

  it('differs when a class has no table', async () => {
    const { url } = await fresh();
    expect(await differences(url, Unmigrated)).toEqual([expect.stringMatching(/CREATE TABLE .unmigrated/)]);
  });

  it('is as it was after the migrations run once more, and no migration runs twice', async () => {
    const { dataSource, url } = await fresh();
    expect(await migrate(dataSource, tables)).toEqual([]);
    expect(await differences(url)).toEqual([]);
  });

  it('stays as it was when every migration is carried out again, as two copies that start at once would', async () => {
    const { dataSource, url } = await fresh();
    const runner = dataSource.createQueryRunner();
    for (const migration of dataSource.migrations) await migration.up(runner);
    await runner.release();
    expect(await differences(url)).toEqual([]);
  });

  it('gains the table of a new notice, and later its new column, and keeps what was filed', async () => {
    const { dataSource, url } = await fresh(Training);
    await dataSource.manager.insert(Training, { versionId: 1, sessions: 12 });
    const next = await createDataSource(url, [LongerTraining]).initialize();
    try {
      await migrate(next, [...tables, defineTable(LongerTraining)]);
      expect(await next.manager.find(LongerTraining)).toEqual([{ versionId: 1, sessions: 12, people: null }]);
    } finally {
      await next.destroy();
    }
    expect(await differences(url, LongerTraining)).toEqual([]);
  });
});
