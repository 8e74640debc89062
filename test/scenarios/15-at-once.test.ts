import type { DataSource } from 'typeorm';
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { Statistics } from '../../entities/tables/statistics';
import { createDataSource } from '../../ormconfig';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('two people at one report at once, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const june = async () => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId('GS'), period: '2025-06' });
    if (!filing) throw new Error('there is no filing');
    return filing;
  };
  const filed = async () => {
    const [row] = await office.rows(Statistics, { versionId: (await june()).versionId ?? 0 });
    return row;
  };

  // Nothing else asks for the lock of a filing, so whoever is at it waits for the one who holds it.
  const waiting = `SELECT COUNT(*) AS count FROM information_schema.processlist
    WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE '%filing%FOR UPDATE%'`;

  async function untilWaiting(other: DataSource, count: number): Promise<void> {
    for (;;) {
      const [row] = await other.query<{ count: number | string }[]>(waiting);
      if (Number(row?.count) >= count) return;
    }
  }

  /**
   * Both have read the report before either writes: on a server a third holds it until both are about to. The embedded
   * database lets nobody in between.
   */
  async function atOnce(...said: readonly (readonly [userId: string, text: string])[]): Promise<readonly string[]> {
    if (database.name === 'embedded') return Promise.all(said.map(([userId, text]) => tell(userId, text)));
    const other = await createDataSource(office.databaseUrl).initialize();
    const holder = other.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT id FROM filing WHERE id = ? FOR UPDATE', [(await june()).id]);
    const answers: Promise<string>[] = [];
    for (const [userId, text] of said) {
      answers.push(tell(userId, text));
      await untilWaiting(other, answers.length);
    }
    await holder.commitTransaction();
    await holder.release();
    await other.destroy();
    return Promise.all(answers);
  }

  describe('while one confirms what the other changes', () => {
    beforeEach(async () => {
      await office.sayAll('lisi', '上报', '专利135');
      await office.sayAll('zhangsan', '上报', '高校院所4，企业27，平台没变，推送1020');
    });

    it('keeps the change as a correction of what was filed', async () => {
      const [receipt, changed] = await atOnce(['zhangsan', '确认'], ['lisi', '专利改成140']);
      expect(receipt).toMatch(/GS-202506-01/);
      expect(await filed()).toMatchObject({ patents: 135 });
      expect(changed).toMatch(/专利改为140件/);
      expect(await tell('lisi', '确认')).toMatch(/第2版.*GS-202506-02/s);
      expect(await filed()).toMatchObject({ patents: 140, enterprises: 27 });
    });

    it('files nothing that the one who confirms has not seen', async () => {
      const [changed, shown] = await atOnce(['lisi', '专利改成140'], ['zhangsan', '确认']);
      expect(changed).toMatch(/专利改为140件/);
      expect(shown).toMatch(/刚才有改动.*专利 .*→140/s);
      expect(await office.rows(FilingVersion, { filingId: (await june()).id })).toEqual([]);
      expect(await tell('zhangsan', '确认')).toMatch(/GS-202506-01/);
      expect(await filed()).toMatchObject({ patents: 140 });
    });
  });

  describe('while one withdraws what the other is correcting', () => {
    beforeEach(async () => {
      await office.sayAll('lisi', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
      await office.say('zhangsan', '企业改成28');
    });
    const openAnswers = async () => {
      const { id, draftNumber } = await june();
      return office.rows(DraftAnswer, { filingId: id, draftNumber });
    };

    it('loses nothing of the report with the correction that is given up', async () => {
      const [given, withdrawn] = await atOnce(['zhangsan', '放弃'], ['lisi', '撤回']);
      expect(given).toMatch(/更正草稿已放弃，已报的（GS-202506-01）不变/);
      expect(withdrawn).toMatch(/已撤回为草稿.*数都还在/s);
      expect((await openAnswers()).map(({ field, value }) => [field, value])).toContainEqual(['enterprises', '27']);
      expect(await tell('lisi', '确认')).toMatch(/第2版/);
      expect(await filed()).toMatchObject({ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020 });
    });

    it('gives up the draft as a whole where it was withdrawn first, to be had again', async () => {
      const [withdrawn, given] = await atOnce(['lisi', '撤回'], ['zhangsan', '放弃']);
      expect(withdrawn).toMatch(/已撤回为草稿/);
      expect(given).toMatch(/草稿已放弃，没有提交任何数据.*恢复草稿/s);
      await office.sayAll('lisi', '恢复草稿', '继续', '确认');
      expect(await filed()).toMatchObject({ institutes: 4, enterprises: 28, patents: 135, smallFirms: 1020 });
    });

    it('keeps a correction that comes in at that moment', async () => {
      await atOnce(['zhangsan', '企业改成29'], ['lisi', '撤回']);
      await office.sayAll('lisi', '继续', '确认');
      expect(await filed()).toMatchObject({ institutes: 4, enterprises: 29 });
    });
  });
});
