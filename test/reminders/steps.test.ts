import { termsWith } from '../../src/calendar/leave';
import { termsOf } from '../../src/calendar/periods';
import { type StepSubject, stepDue } from '../../src/reminders/steps';

const cadence = { every: 'month', dueDay: 5, dueTime: '18:00', lockAfterDays: 10 } as const;
const at = (time: string): Date => new Date(`2025-${time}+08:00`);
const june = termsOf(cadence, '2025-06');
const subject: StepSubject = { table: 'statistics', unitId: 12, terms: june };
const extended: StepSubject = {
  ...subject,
  terms: termsWith(june, { extendedTo: at('07-10T18:00'), supplementUntil: null }),
};
const key = (step: string): string => `statistics/2025-06/${step}/12`;

describe('the step that a unit has come to', () => {
  it.each([
    ['none before the first morning', '07-02T09:59', [], null],
    ['the first on its morning', '07-02T10:00', [], key('T-3')],
    ['none when it happened', '07-03T10:00', ['T-3'], null],
    ['the first a day late when it did not', '07-03T10:00', [], key('T-3')],
    ['only the last of several', '07-14T10:00', ['T-3'], key('T+3')],
    ['none older than what happened', '07-17T10:00', ['T+3'], null],
    ['no reminder of a deadline that has passed', '07-07T18:30', ['T-3', 'T-1'], null],
  ])('is %s', (_label, now, done, occurrence) => {
    expect(stepDue(subject, new Set(done.map(key)), at(now))?.occurrence ?? null).toBe(occurrence);
  });

  it.each([
    ['07-07T10:00', null],
    ['07-09T10:00', key('T-1@2025-07-10')],
    ['07-10T10:00', key('T-0@2025-07-10')],
    ['07-11T10:00', key('T+1@2025-07-10')],
    ['07-15T10:00', key('T+3@2025-07-10')],
  ])('follows an extension on %s', (now, occurrence) => {
    const done = new Set(['T-3', 'T-1', 'T-0', 'T+1', 'T+3'].map(key));
    expect(stepDue(extended, done, at(now))?.occurrence ?? null).toBe(occurrence);
  });
});
