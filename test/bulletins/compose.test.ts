import { tables } from '../../entities/tables';
import { type BulletinFacts, composeBulletin, composeProgress } from '../../src/bulletins/compose';
import type { BulletinUnit } from '../../src/bulletins/unit-progress';
import { termsOf } from '../../src/calendar/periods';
import { plainText } from '../../src/channels/plain';
import type { TableDefinition } from '../../src/table/definition';

const at = (time: string): Date => new Date(`${time}+08:00`);

function statistics(): TableDefinition {
  const [first] = tables;
  if (!first) throw new Error('no tables');
  return { ...first, bulletin: { totals: ['enterprises', 'paidAmount'] } };
}

function unit(name: string, order: number, changes: Partial<BulletinUnit> = {}): BulletinUnit {
  return {
    name,
    order,
    state: 'filed',
    timeliness: 'on_time',
    unchanged: false,
    values: { enterprises: '27', paidAmount: '48.2' },
    lastValues: { enterprises: '24', paidAmount: '36.5' },
    ...changes,
  };
}

const unreported = { state: 'none', timeliness: null, values: null } as const;

/** Six counties as on 7 July: five filed in time, 新县 among them sent back, 息县 has not. */
const seed: readonly BulletinUnit[] = [
  unit('息县', 5, unreported),
  unit('光山县', 1),
  unit('新县', 4, { state: 'returned', values: { enterprises: '900', paidAmount: '900' } }),
  unit('罗山县', 2, { state: 'accepted' }),
  unit('浉河区', 3, { unchanged: true, values: { enterprises: '24', paidAmount: '36.5' } }),
  unit('平桥区', 6),
];

function facts(units = seed, changes: Partial<BulletinFacts> = {}): BulletinFacts {
  const definition = statistics();
  return {
    definition,
    terms: termsOf(definition.cadence, '2025-06'),
    asOf: at('2025-07-07T18:05'),
    kind: 'provisional',
    units,
    version: '202506-P1',
    ...changes,
  };
}

const forLeaders = (units = seed): string => plainText(composeBulletin(facts(units)).content);
const forGroup = (units = seed): string => plainText(composeBulletin(facts(units)).group);

describe('the final bulletin', () => {
  const final = (units: readonly BulletinUnit[], earlier = seed) =>
    composeBulletin(
      facts(units, { kind: 'final', version: '202506-F1', earlier: { version: '202506-P1', units: earlier } }),
    );
  const moved = seed.map((each) => {
    if (each.name === '息县') return unit('息县', 5, { timeliness: 'late' });
    if (each.name === '新县') return unit('新县', 4);
    return each.name === '光山县' ? { ...each, values: { enterprises: '27', paidAmount: '47.3' } } : each;
  });

  it('tells what is otherwise than in the provisional one, unit by unit and in the totals', () => {
    const text = plainText(final(moved).content);
    expect(text).toMatch(/与暂定稿（202506-P1）的差异：/);
    expect(text).toMatch(/光山县：金额48\.2→47\.3万元/);
    expect(text).toMatch(/新县：退回修改中→已报；企业900→27家、金额900→48\.2万元/);
    expect(text).toMatch(/息县：未报→已报（迟报）/);
    expect(text).toMatch(/合计：企业105→159家、金额181\.1→276\.6万元/);
  });

  it('says so when nothing has changed, an acceptance included', () => {
    const accepted = seed.map((each) => (each.name === '光山县' ? { ...each, state: 'accepted' as const } : each));
    expect(plainText(final(accepted).content)).toMatch(/与暂定稿（202506-P1）一致，没有变化/);
    expect(plainText(final(accepted).group)).not.toMatch(/暂定稿/);
  });

  it('tells a group who has filed since, and no figure of a unit', () => {
    const text = plainText(final(moved).group);
    expect(text).toMatch(/与暂定稿（202506-P1）相比，新增已报1家：息县/);
    expect(text).not.toMatch(/47\.3|退回/);
  });

  it('compares with nothing where no provisional one was kept', () => {
    expect(plainText(composeBulletin(facts(moved, { kind: 'final' })).content)).not.toMatch(/暂定稿/);
  });
});

describe('the bulletin for leaders', () => {
  it('says who has filed and what it adds up to, without the report that was sent back', () => {
    expect(forLeaders().split('\n')).toEqual([
      '【2025年6月统计表通报（暂定）】',
      '截至2025年7月7日18:05',
      '应报6家，已报5家（按时5，迟报0）',
      '未报1家：息县',
      '退回修改中1家：新县',
      '本月无变化1家：浉河区',
      '及时率83.3%（5/6）',
      '合计（4家，不含新县），与5月同口径比：',
      '企业 96 → 105家 (+9)',
      '金额 146 → 181.1万元 (+35.1)',
      '版本 202506-P1',
    ]);
  });

  it('is called final when the period is locked', () => {
    const { content, group } = composeBulletin(facts(seed, { kind: 'final', version: '202506-F1' }));
    expect(plainText(content)).toContain('通报（定稿）');
    expect(plainText(group)).toContain('通报（定稿）');
  });

  it('tells late from supplementary, and names what an extension made timely', () => {
    const units = [
      unit('光山县', 1, { extended: true }),
      unit('罗山县', 2, { timeliness: 'late' }),
      unit('息县', 3, { timeliness: 'supplement' }),
    ];
    expect(forLeaders(units)).toContain('已报3家（按时1（含延期1），迟报1，补报1）');
    expect(forLeaders(units)).toContain('迟报1家：罗山县');
    expect(forLeaders(units)).toContain('及时率33.3%（1/3）');
  });

  it('lets a correction on its way back stay on time', () => {
    expect(forLeaders([unit('新县', 1, { state: 'returned' })])).toContain('及时率100%（1/1）');
  });

  it('counts no draft, even one with figures', () => {
    const text = forLeaders([unit('光山县', 1, { state: 'draft', timeliness: null })]);
    expect(text).toContain('应报1家，已报0家（按时0，迟报0）\n未报1家：光山县');
    expect(text).toContain('尚无可合计的数据');
  });

  it('says why a unit is not reminded', () => {
    expect(forLeaders([unit('息县', 1, { ...unreported, note: '因防汛暂停催报' })])).toContain(
      '息县（因防汛暂停催报）',
    );
  });

  it('names the units in official order, whatever their figures', () => {
    const units = [3, 1, 2].map((order) => unit(`${order}号县`, order, unreported));
    expect(forLeaders(units)).toContain('未报3家：1号县、2号县、3号县');
    expect(forLeaders(units)).not.toMatch(/第.名|排名|得分/);
  });

  it('stays readable over a whole province', () => {
    const units = Array.from({ length: 158 }, (_, index) => unit(`${index + 1}县`, index, unreported));
    expect(forLeaders(units)).toContain('、40县等158家');
    expect(forLeaders(units)).not.toContain('41县');
  });

  it('compares January with December', () => {
    const terms = termsOf(statistics().cadence, '2026-01');
    expect(plainText(composeBulletin(facts(seed, { terms })).content)).toContain('与12月同口径比');
  });

  it('can be said of no units at all', () => {
    expect(forLeaders([])).toContain('应报0家，已报0家（按时0，迟报0）\n未报0家');
  });
});

describe('the bulletin for the group', () => {
  it('says who has filed and the totals', () => {
    expect(forGroup().split('\n')).toEqual([
      '【2025年6月统计表通报（暂定）】',
      '截至2025年7月7日18:05',
      '应报6家，已报5家（按时5，迟报0）',
      '未报1家：息县',
      '合计（4家），与5月同口径比：',
      '企业 96 → 105家 (+9)',
      '金额 146 → 181.1万元 (+35.1)',
      '版本 202506-P1',
    ]);
  });

  it('keeps back totals that would tell what one of two units filed', () => {
    const units = [unit('光山县', 1, {}), unit('新县', 2, {}), unit('息县', 3, unreported)];
    expect(forGroup(units)).not.toContain('合计');
  });

  it('shows no figure, no return and no note of a unit', () => {
    const units = [
      unit('光山县', 1, { values: { enterprises: '4711', paidAmount: '815.7' } }),
      unit('新县', 2, { state: 'returned' }),
      unit('息县', 3, { ...unreported, note: '联系人住院' }),
    ];
    expect(forGroup(units)).not.toMatch(/4711|815\.7|退回|住院|合计/);
  });
});

describe('the progress on demand', () => {
  it('shows the numbers of the bulletin as they are now', () => {
    const { content } = composeBulletin(facts());
    const lines = plainText(composeProgress(facts(seed, { asOf: at('2025-07-07T09:30') }))).split('\n');
    expect(lines.slice(0, 2)).toEqual(['【2025年6月统计表进度】', '截至2025年7月7日09:30']);
    expect(lines.slice(2)).toEqual(plainText(content).split('\n').slice(2, -1));
  });
});
