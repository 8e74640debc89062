import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { Database } from '../../src/database/database';
import { isConflict } from '../../src/database/errors';
import { addAnswers } from '../../src/filing/draft';
import { databases, type OpenDatabase } from '../support/databases';

const now = new Date('2025-07-02T01:30:00Z');
const answers = ['institutes', 'patents'].map((field) => ({
  field,
  value: '4',
  notApplicable: null,
  explanation: null,
}));

describe.each(databases)('answers on $name', (on) => {
  let opened: OpenDatabase;
  let database: Database;
  let filingId: number;
  beforeEach(async () => {
    opened = await on.open();
    database = new Database(opened.dataSource);
    const filing = { unitId: 1, tableName: 'statistics', period: '2025-06', status: 'draft', draftNumber: 2 } as const;
    const { identifiers } = await database.transact((tx) => tx.insert(Filing, filing));
    filingId = Number(identifiers[0]?.['id']);
  });
  afterEach(() => opened.close());

  const add = (draftNumber: number, count: number) =>
    database.dataSource.transaction((tx) =>
      addAnswers(tx, { filingId, draftNumber }, answers.slice(0, count), { personId: 1, now }),
    );
  const stored = () => database.read((tx) => tx.find(DraftAnswer, { order: { id: 'ASC' } }));

  it.each([1, 2])('go into the draft that is open, %i at a time', async (count) => {
    await add(2, count);
    expect(await stored()).toMatchObject(
      answers.slice(0, count).map((answer) => ({ ...answer, filingId, draftNumber: 2, authorId: 1, givenAt: now })),
    );
  });

  it.each([1, 2])(
    'go into no draft that was closed in the meantime, and are worked on again: %i at a time',
    async (count) => {
      const fault = await add(1, count).then(
        () => null,
        (error: unknown) => error,
      );
      expect(isConflict(fault)).toBe(true);
      expect(await stored()).toEqual([]);
    },
  );
});
