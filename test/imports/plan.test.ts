import { tables } from '../../entities/tables';
import type { Entry } from '../../src/filing/lists';
import { digestOf, type ImportPlan, planImport } from '../../src/imports/plan';
import type { ImportTarget } from '../../src/imports/target';
import { readOfficial } from '../../src/sheets/official';
import type { Values } from '../../src/table/definition';
import { exported, projectHead, tableNamed, typed } from '../sheets/forms';

const numbers = ['ZL202010345678.9', 'ZL202110234567.5', 'ZL201920876543.8', 'ZL201810123456.5'];
const project = (at: number, licensee: string, payment: Values): Values => ({
  licensor: '豫南大学',
  licensee,
  patentNumbers: numbers[at] ?? '',
  ...payment,
});
const free = { paymentKind: 'free', fee: '0' };
const list: readonly Values[] = [
  project(0, '甲公司', free),
  project(1, '乙公司', { paymentKind: 'fixed', fee: '2.9' }),
  project(2, '丙公司', { paymentKind: 'royalty', fee: '0', remark: '纯提成，销售额3%' }),
];
const figures: Values = { institutes: '4', enterprises: '27', patents: '135', smallFirms: '1020' };

function target(entries: readonly Values[] = list, standing: Values = {}): ImportTarget {
  const held = entries.map((values, at): Entry => ({ rowId: at + 1, entryId: at + 1, values }));
  return {
    isOwn: (label) => label.includes('光山'),
    unitShort: '光山县',
    period: '2025-06',
    figures: tableNamed('statistics'),
    standing: { values: standing, notApplicable: new Set() },
    lists: [{ list: tableNamed('project'), entries: held }],
  };
}

async function planOf(bytes: Uint8Array, of: ImportTarget = target()): Promise<ImportPlan> {
  const read = await readOfficial({ name: 'a.xlsx', bytes }, tables);
  if (!read.ok) throw new Error(read.reason);
  return planImport(read.tables, of);
}

const planOfRows = async (rows: readonly (readonly (string | number | null)[])[], of = target()) =>
  planOf(await typed({ name: '附件2', rows: [projectHead, ...rows] }), of);

/** 1 same, 第2项 fee 2.9→2, … */
function toldOf({ lists }: ImportPlan) {
  return lists.map(({ same, changed, added, unmentioned }) => ({
    same,
    changed: changed.map(({ ordinal, differences }) => [
      ordinal,
      ...differences.map(({ field, before, after }) => `${field.key} ${before}→${after}`),
    ]),
    added: added.map(({ values }) => values),
    unmentioned: unmentioned.map(({ ordinal }) => ordinal),
  }))[0];
}

const wrongIn = ({ wrong }: ImportPlan) =>
  wrong.map(({ sheet, cell, reason }) => `${sheet}!${cell?.address} ${reason}`);

describe('the rows of a list', () => {
  it('are the same in our own export, payment kinds and all', async () => {
    const plan = await planOf(await exported(figures, list));
    expect(toldOf(plan)).toEqual({ same: 3, changed: [], added: [], unmentioned: [] });
  });

  it('are told apart: same, changed, new, not mentioned', async () => {
    const rows = [{ ...list[1], fee: '2' }, project(3, '丁公司', { fee: '5' })];
    const plan = await planOf(await exported({}, rows));
    expect(toldOf(plan)).toEqual({
      same: 0,
      changed: [[2, 'fee 2.9→2']],
      added: [project(3, '丁公司', { fee: '5', paymentKind: 'fixed' })],
      unmentioned: [1, 3],
    });
  });

  it.each<[string, (string | number | null)[], unknown]>([
    [
      'a corrected name, by its number and place',
      [1, '豫南大学', '甲股份公司', numbers[0]!, 0],
      [1, 'licensee 甲公司→甲股份公司'],
    ],
    [
      'a corrected number, by its place',
      [1, '豫南大学', '甲公司', numbers[3]!, 0],
      [1, `patentNumbers ${numbers[0]}→${numbers[3]}`],
    ],
    [
      'an entry fee, which the remark tells',
      [3, '豫南大学', '丙公司', numbers[2]!, 4, '入门费4万+销售额3%提成'],
      [3, 'paymentKind royalty→entry_royalty', 'fee 0→4', 'remark 纯提成，销售额3%→入门费4万+销售额3%提成'],
    ],
  ])('are changes of an entry: %s', async (_label, row, change) => {
    expect(toldOf(await planOfRows([row]))?.changed).toEqual([change]);
  });

  it('are new where only the two names agree, in a file that holds but a few', async () => {
    const plan = await planOfRows([[7, '豫南大学', '甲公司', numbers[3]!, 0]]);
    expect(toldOf(plan)).toMatchObject({ changed: [], added: [{ licensee: '甲公司', patentNumbers: numbers[3] }] });
  });

  it('are new where one patent goes to another firm', async () => {
    const plan = await planOfRows([[7, '豫南大学', '丁公司', numbers[0] ?? '', 0]]);
    expect(toldOf(plan)).toMatchObject({ changed: [], added: [{ licensee: '丁公司', patentNumbers: numbers[0] }] });
  });

  it('do not care for blanks, widths and the order of numbers', async () => {
    const two = { ...project(0, '甲公司', free), patentNumbers: `${numbers[0]}\n${numbers[1]}` };
    const row = [1, '豫南 大学', '甲公司 ', `zl202110234567．5、${numbers[0]}`, '0.00'];
    expect(toldOf(await planOfRows([row], target([two])))).toMatchObject({ same: 1, changed: [] });
  });
});

describe('how a new licence is paid follows from fee and remark', () => {
  it.each([
    [0, null, 'free', '0'],
    [0, '免费许可', 'free', '0'],
    [null, '免费', 'free', '0'],
    ['免费', null, 'free', '0'],
    [0, '期限三年', 'free', '0'],
    [4.5, null, 'fixed', '4.5'],
    ['5万', '一次性付清', 'fixed', '5'],
    [2, '入门费2万，另按销售额3%提成', 'entry_royalty', '2'],
    [0, '纯提成，销售额5%', 'royalty', '0'],
    [0, '按利润的5%支付', 'royalty', '0'],
  ])('fee %s, remark %s: %s', async (fee, remark, paymentKind, stored) => {
    const plan = await planOfRows([[1, '甲大学', '丁公司', numbers[3]!, fee, remark]], target([]));
    expect(toldOf(plan)?.added).toMatchObject([{ paymentKind, fee: stored }]);
  });

  it.each([
    [0, '年底付款'],
    [3, '免费'],
    [0, '免费，另提成3%'],
  ])('and is asked where they do not tell: fee %s, remark %s', async (fee, remark) => {
    const plan = await planOfRows([[1, '甲大学', '丁公司', numbers[3]!, fee, remark]], target([]));
    expect(wrongIn(plan)).toEqual([expect.stringContaining('看不出支付方式')]);
  });
});

describe('a wrong cell is named by its address and says why', () => {
  const sound = [1, '甲大学', '丁公司', numbers[3]!, 3] as const;
  const withCell = (column: number, value: string | number | null) =>
    sound.map((each, at) => (at === column ? value : each));

  it.each<[string, (string | number | null)[], string]>([
    ['blank', withCell(2, null), '附件2!C2 被许可方为空'],
    ['no number', withCell(4, '三万左右'), '附件2!E2 使用费“三万左右”是约数，请填确切数'],
    ['more than an amount', withCell(4, '2万+3%提成'), '附件2!E2 使用费“2万+3%提成”不是金额，本列只填数（万元）'],
    ['元 or 万元', withCell(4, 45000), '附件2!E2 使用费“45000”看不出是元还是万元，请带上单位'],
    ['negative', withCell(4, -1), '附件2!E2 使用费“-1”是负数'],
    [
      'a wrong check character',
      withCell(3, 'ZL202010345678.7'),
      '附件2!D2 专利号ZL202010345678.7校验位不符，请对照证书',
    ],
    ['a publication number', withCell(3, 'CN108123456B'), '附件2!D2 专利号CN108123456B是公告号，请填以ZL开头的专利号'],
    ['no patent number', withCell(3, '待定'), '附件2!D2 专利号“待定”不像专利号，请填以ZL开头的专利号'],
    ['no name', withCell(1, 12), '附件2!B2 许可方“12”不像名称'],
  ])('%s', async (_label, row, wrong) => {
    expect(wrongIn(await planOfRows([row], target([])))).toEqual([wrong]);
  });

  it('a row twice', async () => {
    const plan = await planOfRows([[...sound], [...sound]], target([]));
    expect(wrongIn(plan)).toEqual(['附件2!B3 与第1行重复']);
    expect(toldOf(plan)?.added).toHaveLength(1);
  });

  it.each([
    ['约30', '附件1!C6 企业“约30”不是整数'],
    ['30.5', '附件1!C6 企业“30.5”不是整数'],
    ['-3', '附件1!C6 企业“-3”是负数'],
    ['99999999999', '附件1!C6 企业“99999999999”超出范围'],
    ['27家', null],
    ['二十七', null],
  ])('a figure: %s', async (enterprises, wrong) => {
    const plan = await planOf(await exported({ ...figures, enterprises }, []));
    expect(wrongIn(plan)).toEqual(wrong === null ? [] : [wrong]);
  });
});

describe('the row of figures', () => {
  const given = ({ figures: plan }: ImportPlan) =>
    plan?.given.map(({ field, before, value }) => [field.key, before, value]);

  it('gives what differs from the report, and counts what does not', async () => {
    const plan = await planOf(await exported(figures, []), target(list, { ...figures, institutes: '3' }));
    expect(given(plan)).toEqual([['institutes', '3', '4']]);
    expect(plan.figures?.same).toBe(3);
    expect(plan.figures?.blank.map(({ key }) => key)).toEqual(['platforms', 'platformUrls']);
  });

  it('never takes over what the list gives, and says where they differ', async () => {
    const plan = await planOf(await exported({ ...figures, licences: '16' }, list));
    expect(given(plan)?.map(([key]) => key)).not.toContain('licences');
    expect(plan.notes).toEqual([expect.stringMatching(/附件1!H6 许可16.*得出的3/)]);
  });

  it('is the unit’s own on a sheet of several', async () => {
    const head = ['序号', '县区', '高校院所', '企业', '专利', '平台', '网址', '中小微'];
    const row = (unit: string, count: number) => [1, unit, count, 1, 1, '平台', 'https://a.cn', 1];
    const bytes = (rows: unknown[][]) => typed({ name: '附件1', rows: [head, ...rows] as never });
    expect(given(await planOf(await bytes([row('新县', 2), row('光山县', 4)])))?.[0]).toEqual([
      'institutes',
      undefined,
      '4',
    ]);
    expect(wrongIn(await planOf(await bytes([row('新县', 2)])))).toEqual([expect.stringContaining('没有您单位')]);
    expect(wrongIn(await planOf(await bytes([row('', 2), row('', 4)])))).toEqual([expect.stringContaining('有2行')]);
  });
});

describe('the lines above the table', () => {
  it('refuse another unit’s file', async () => {
    const plan = await planOf(await exported(figures, [], { scope: '罗山县' }));
    expect(wrongIn(plan)).toContainEqual('附件1!A2 填报单位是“罗山县”，您负责的是光山县');
  });

  it('are remarked on when they are of another month', async () => {
    const plan = await planOf(await exported(figures, [], { period: '2025-05' }));
    expect(plan.notes[0]).toMatch(/截至2025年5月.*2025年6月/);
  });
});

it('keeps its digest while neither the file nor the data change', async () => {
  const bytes = await exported(figures, list);
  const before = digestOf(await planOf(bytes, target(list.slice(1))));
  expect(digestOf(await planOf(bytes, target(list.slice(1))))).toBe(before);
  expect(digestOf(await planOf(bytes, target(list)))).not.toBe(before);
});
