import { termsOf } from '../../src/calendar/periods';
import { plainText } from '../../src/channels/plain';
import { composeReminder, type ReminderFacts } from '../../src/reminders/compose';
import type { Cadence } from '../../src/table/definition';

const cadence: Cadence = { every: 'month', dueDay: 5, dueTime: '18:00', lockAfterDays: 10 };

const at = (time: string): Date => new Date(`${time}+08:00`);

const facts: ReminderFacts = {
  unit: '息县',
  table: { short: '统计表' },
  terms: termsOf(cadence, '2025-06'),
  now: at('2025-07-02T10:00'),
  missing: ['企业', '专利', '推送中小微'],
  draft: null,
  exampleFields: [
    { short: '企业', unit: '家', last: '24' },
    { short: '专利', unit: '件', last: '118' },
  ],
};

const told = (changes: Partial<ReminderFacts> = {}): string => plainText(composeReminder({ ...facts, ...changes }));

describe('a reminder', () => {
  it('says what is missing, until when and why then, and how to answer', () => {
    expect(told().split('\n')).toEqual([
      '息县6月统计表未交，缺：企业、专利、推送中小微。',
      '截止7月7日(周一)18:00（7月5日为周六，顺延）。',
      '可直接回：“企业24 专利118 …”（例中为上月数，请换成本期数），也可回“上报”逐项填写。谢谢！',
      '可回复：上报',
    ]);
  });

  it('says the hour on the due day', () => {
    expect(told({ now: at('2025-07-07T10:00') })).toContain('今天18:00截止');
    expect(told({ now: at('2025-07-07T10:00') })).not.toContain('7月5日');
  });

  it.each([
    ['2025-07-08T10:00', '已逾期1天（截止7月7日(周一)18:00）。锁定日7月17日，过了当天24:00不能再报。'],
    ['2025-07-14T10:00', '已逾期7天（截止7月7日(周一)18:00）。锁定日7月17日'],
    ['2025-07-07T18:30', '已过截止（截止7月7日(周一)18:00）'],
  ])('says on %s how late it is and when the period locks', (now, words) => {
    expect(told({ now: at(now) })).toContain(words);
  });

  it('says when it was the bureau that asked', () => {
    expect(told({ urged: true })).toContain('市局催报：息县6月统计表未交');
  });

  it('counts what the draft already has and offers to go on with it', () => {
    const text = told({ draft: { given: 4, total: 6 }, missing: ['网址', '推送中小微'] });
    expect(text).toContain('草稿已填4/6项，缺：网址、推送中小微');
    expect(text).toContain('可回复：继续');
  });

  it('asks for nothing but the confirmation when the draft is complete', () => {
    const text = told({ draft: { given: 6, total: 6 }, missing: [] });
    expect(text).toContain('只差确认');
    expect(text).not.toContain('可直接回');
  });

  it('invents no figure for a unit that has none of last month', () => {
    expect(told({ exampleFields: [{ short: '企业', unit: '家', last: null }] })).toContain('“企业几家 …”，也可');
  });

  it('leaves the example out when there is nothing to show', () => {
    expect(told({ exampleFields: [] })).toContain('请回“上报”逐项填写');
  });

  it('names the year of a report that is due in the next one', () => {
    expect(told({ terms: termsOf(cadence, '2025-12') })).toContain('息县2025年12月统计表未交');
  });

  it('warns that the day may move while the holidays are not announced', () => {
    expect(told({ terms: termsOf(cadence, '2098-12') })).toContain('2099年放假安排尚未公布');
  });
});
