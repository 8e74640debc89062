import { tables } from '../../entities/tables';
import { isSilent } from '../../src/calendar/silence';
import { nextOccurrence, occurrencesBetween, timetableOf } from '../../src/calendar/timetable';
import type { Cadence, TableDefinition } from '../../src/table/definition';

const at = (time: string): Date => new Date(`${time}+08:00`);

function monthly(changes: Partial<Cadence> = {}, name = 'statistics'): TableDefinition {
  const [statistics] = tables;
  if (!statistics) throw new Error('no tables');
  return { ...statistics, name, cadence: { ...statistics.cadence, ...changes } };
}

/** Steps and bulletins, without the mornings between. */
const listed = (table: TableDefinition, after: string, upTo: string) =>
  occurrencesBetween([table], at(after), at(upTo))
    .filter(({ step }) => step !== null)
    .map(({ key, dueAt }) => [key, dueAt]);

describe('the timetable of a month', () => {
  it('reminds before, on and after the due day by working days, and has bulletins at the deadline and the lock', () => {
    expect(listed(monthly(), '2025-07-01T00:00', '2025-07-31T00:00')).toEqual([
      ['statistics/2025-06/reminder/T-3', at('2025-07-02T10:00')],
      ['statistics/2025-06/reminder/T-1', at('2025-07-04T10:00')],
      ['statistics/2025-06/reminder/T-0', at('2025-07-07T10:00')],
      ['statistics/2025-06/bulletin/provisional', at('2025-07-07T18:05')],
      ['statistics/2025-06/reminder/T+1', at('2025-07-08T10:00')],
      ['statistics/2025-06/reminder/T+3', at('2025-07-10T10:00')],
      ['statistics/2025-06/bulletin/final', at('2025-07-18T09:00')],
    ]);
  });

  it('goes around a long holiday', () => {
    expect(listed(monthly(), '2025-10-01T00:00', '2025-10-31T00:00')).toEqual([
      ['statistics/2025-09/reminder/T-0', at('2025-10-09T10:00')],
      ['statistics/2025-09/bulletin/provisional', at('2025-10-09T18:05')],
      ['statistics/2025-09/reminder/T+1', at('2025-10-10T10:00')],
      ['statistics/2025-09/reminder/T+3', at('2025-10-13T10:00')],
      ['statistics/2025-09/bulletin/final', at('2025-10-20T09:00')],
    ]);
  });

  it('begins to remind on the first working day of a period that opens close to its deadline', () => {
    expect(listed(monthly(), '2025-07-31T00:00', '2025-08-05T12:00')).toEqual([
      ['statistics/2025-07/reminder/T-3', at('2025-08-01T10:00')],
      ['statistics/2025-07/reminder/T-1', at('2025-08-04T10:00')],
      ['statistics/2025-07/reminder/T-0', at('2025-08-05T10:00')],
    ]);
  });

  it.each([
    ['a deadline before ten has no reminder on its day', { dueTime: '09:30' }, ['T-3', 'T-1']],
    ['a deadline on the first has no reminder before the period opens', { dueDay: 1 }, ['T-0']],
  ])('%s', (_label, cadence, steps) => {
    const reminders = occurrencesBetween([monthly(cadence)], at('2025-06-25T00:00'), at('2025-07-20T00:00'));
    expect(
      reminders.flatMap(({ schedule, step }) => (schedule === 'reminder' && step?.startsWith('T-') ? [step] : [])),
    ).toEqual(steps);
  });

  it('holds the bulletin of a late evening until the next working morning', () => {
    const held = occurrencesBetween(
      [monthly({ dueDay: 4, dueTime: '22:00' })],
      at('2025-07-04T22:00'),
      at('2025-07-08T00:00'),
    );
    expect(held.find(({ schedule }) => schedule === 'bulletin')?.dueAt).toEqual(at('2025-07-07T08:30'));
  });

  it('does not speak in the silence, in any of three years', () => {
    const all = occurrencesBetween(
      [monthly(), monthly({ dueTime: '24:00' })],
      at('2024-01-01T00:00'),
      at('2027-01-01T00:00'),
    );
    expect(all.filter(({ dueAt }) => isSilent(dueAt))).toEqual([]);
    expect(all.length).toBeGreaterThan(280);
  });

  it('finds the lock of a period that stays open for months', () => {
    const final = listed(monthly({ lockAfterDays: 100 }), '2025-10-14T00:00', '2025-10-16T23:00');
    expect(final).toEqual([['statistics/2025-06/bulletin/final', at('2025-10-16T09:00')]]);
  });
});

describe('every occurrence', () => {
  it('has a key of its own, short enough to be stored', () => {
    const all = occurrencesBetween(
      [monthly(), monthly({}, 'x'.repeat(64))],
      at('2020-01-01T00:00'),
      at('2026-12-31T00:00'),
    );
    const keys = all.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(100);
  });

  it('is found by exactly one of two spans that touch', () => {
    const moment = '2025-07-02T10:00';
    expect(listed(monthly(), '2025-07-02T09:59', moment)).toHaveLength(1);
    expect(listed(monthly(), moment, '2025-07-02T10:01')).toHaveLength(0);
  });

  it('gives way to its successor, and a reminder of the deadline never outlives it', () => {
    const month = occurrencesBetween([monthly()], at('2025-07-01T00:00'), at('2025-07-31T00:00'));
    const ends = month.filter(({ step }) => step !== null).map(({ step, expiresAt }) => [step, expiresAt]);
    expect(ends).toEqual([
      ['T-3', at('2025-07-03T10:00')],
      ['T-1', at('2025-07-07T10:00')],
      ['T-0', at('2025-07-07T18:00')],
      ['provisional', at('2025-07-18T09:00')],
      ['T+1', at('2025-07-09T10:00')],
      ['T+3', at('2025-07-11T10:00')],
      ['final', null],
    ]);
  });

  it('leaves no working morning out between the first step and the lock, for units with dates of their own', () => {
    const month = occurrencesBetween([monthly()], at('2025-07-01T00:00'), at('2025-07-31T00:00'));
    const days = (schedule: string) =>
      month.filter((each) => each.schedule === schedule).map(({ dueAt }) => dueAt.toISOString().slice(8, 10));
    const mornings = ['02', '03', '04', '07', '08', '09', '10', '11', '14', '15', '16', '17'];
    expect(days('reminder')).toEqual(mornings);
    expect(days('urge')).toEqual(['01', ...mornings]);
  });

  it('belongs to a table of figures: lists are kept, not filed', () => {
    const month = timetableOf(tables).between(at('2025-07-01T00:00'), at('2025-07-31T00:00'));
    expect(new Set(month.map(({ table }) => table))).toEqual(new Set(['statistics']));
  });
});

describe('the next occurrence', () => {
  it.each([
    ['within the month', '2025-07-04T08:30', 'statistics/2025-06/reminder/T-1'],
    ['in the next month', '2025-07-18T09:00', 'statistics/2025-07/urge/2025-08-01'],
  ])('%s', (_label, after, key) => {
    expect(nextOccurrence([monthly()], at(after))?.key).toBe(key);
  });

  it('is none without tables', () => {
    expect(nextOccurrence([], at('2025-07-02T10:00'))).toBeNull();
  });
});
