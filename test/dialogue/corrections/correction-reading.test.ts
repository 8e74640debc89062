import { tables } from '../../../entities/tables';
import { type CorrectionSubject, readCorrection } from '../../../src/dialogue/corrections/correction-reading';
import { sampleReports } from '../../../src/trial/sample-reports';

/** What Guangshan filed for May: 12 projects, the second one with 恒通公司 for 2.9万元. */
function filed(): CorrectionSubject {
  const [definition, list] = [
    tables.find(({ name }) => name === 'statistics')!,
    tables.find(({ name }) => name === 'project')!,
  ];
  const { figures, projects } = sampleReports.find(({ unit }) => unit === 'GS')!;
  const entries = projects.map((values, index) => ({ rowId: index + 1, entryId: index + 1, values }));
  const derived = { licences: '12', freeLicences: '5', paidLicences: '7', paidAmount: '36.5' };
  return {
    definition,
    lists: [list],
    counted: { values: { ...figures, ...derived }, entries: new Map([['project', entries]]) },
  };
}

const read = (words: string) => readCorrection(filed(), words);

describe('a figure that is to be corrected', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['企业24应为23，笔误', { enterprises: '23' }, '笔误'],
    ['企业应为23，因为重复统计了1家', { enterprises: '23' }, '重复统计了1家'],
    ['企业24改为23，专利118改成117，口径有误', { enterprises: '23', patents: '117' }, '口径有误'],
    ['企业数24→23 笔误', { enterprises: '23' }, '笔误'],
    ['企业二十四应为二十三，写错了', { enterprises: '23' }, '写错了'],
    ['高校院所应该是2家不是3家，多算了一家', { institutes: '2' }, '多算了一家'],
    ['网址应为https://q.example.cn，换了域名', { platformUrls: 'https://q.example.cn' }, '换了域名'],
    ['平台应为豫知通，写错了', { platforms: '豫知通' }, '写错了'],
    ['推送中小微860应为806，数字写反了', { smallFirms: '806' }, '数字写反了'],
    ['推送860应为1,060，漏了', { smallFirms: '1060' }, '漏了'],
    ['专利数更正为119件，漏报1件', { patents: '119' }, '漏报1件'],
    ['笔误，企业24应为23', { enterprises: '23' }, '笔误'],
    ['企业24应为23', { enterprises: '23' }, ''],
    ['企业为23家，重复统计', { enterprises: '23' }, '重复统计'],
    ['企业数为二十三家，重复统计', { enterprises: '23' }, '重复统计'],
    ['企业是23家，重复统计', { enterprises: '23' }, '重复统计'],
    ['企业数应该23，写错了', { enterprises: '23' }, '写错了'],
    ['企业，24改成23，写错了', { enterprises: '23' }, '写错了'],
    ['企业24应为23，因为有1家应为外县的', { enterprises: '23' }, '有1家应为外县的'],
    ['企业应为23，原来是24多算了1家', { enterprises: '23' }, '原来是24多算了1家'],
  ])('is read from %s', (words, after, reason) => {
    const { things, faults, reason: said } = read(words);
    expect(
      Object.fromEntries(things.map((thing) => (thing.kind === 'figure' ? [thing.field, thing.after] : []))),
    ).toEqual(after);
    expect([faults, said]).toEqual([[], reason]);
  });

  it.each([
    ['企业25应为23，笔误', /企业报的是24家，不是25家/],
    ['企业24应为24，笔误', /企业已经是24家，不用更正/],
    ['金额36.5应为35.6，笔误', /金额由项目清单得出，请说明是哪一项.*第2项使用费2\.9应为/],
    ['许可12应为11，笔误', /许可由项目清单得出/],
    ['企业应为三十来家，笔误', /没看明白/],
    ['今天天气不错', /没看明白/],
  ])('is not taken from %s', (words, fault) => {
    const { things, faults } = read(words);
    expect(things).toEqual([]);
    expect(faults.join('\n')).toMatch(fault);
  });
});

describe('an entry of the list that is to be corrected', () => {
  it.each<[string, number, Readonly<Record<string, string>>]>([
    ['恒通那笔金额2.9应为2.0，笔误', 2, { fee: '2' }],
    ['恒通公司使用费2.9万改成2万 写错了', 2, { fee: '2' }],
    ['第2项使用费应为2，笔误', 2, { fee: '2' }],
    ['恒通那笔金额应为20000元，看错单位', 2, { fee: '2' }],
    ['恒通公司那个项目2.9应为2.0，笔误', 2, { fee: '2' }],
    ['豫南大学那笔金额2.9应为2.0，笔误', 2, { fee: '2' }],
    ['恒通公司那笔的被许可方应为恒通科技有限公司，改名了', 2, { licensee: '恒通科技有限公司' }],
    ['恒通公司应为免费，合同是免费的', 2, { paymentKind: 'free', fee: '0' }],
    ['恒通那笔专利号应为ZL202010345678.9，抄错', 2, { patentNumbers: 'ZL202010345678.9' }],
    ['潢河机电那笔金额6.6应为6，笔误', 7, { fee: '6' }],
    ['大别山油茶 5 应为 4.5 录入错误', 5, { fee: '4.5' }],
    ['弦城服饰10万应为1万，多写一个0', 10, { fee: '1' }],
    ['恒通公司的使用费，2.9万改成2万，填错了', 2, { fee: '2' }],
    ['第2项使用费，应为2万，笔误', 2, { fee: '2' }],
    ['恒通那笔应该是2万不是2.9万，看错了', 2, { fee: '2' }],
    ['恒通公司那笔应该免费', 2, { paymentKind: 'free', fee: '0' }],
    ['恒通公司那笔应免费，合同是免费的', 2, { paymentKind: 'free', fee: '0' }],
  ])('is found by %s', (words, rowId, changed) => {
    const { things, faults } = read(words);
    expect(faults).toEqual([]);
    expect(things).toMatchObject([{ kind: 'entry', rowId, after: changed }]);
  });

  it.each([
    ['恒通那笔应该是2万不是3.9万', /第2项 恒通公司的使用费是2\.9万元，没有3\.9万元的/],
    ['恒通那笔金额3.9应为2.0，笔误', /第2项 恒通公司的使用费是2\.9万元，没有3\.9万元的/],
    ['豫南大学那笔金额应为2，笔误', /可能是几项：.*第2项 恒通公司.*请说明是第几项/],
    ['恒通那笔金额2.9应为2.9，笔误', /已经是这样/],
  ])('is asked for after %s', (words, fault) => {
    const { things, faults } = read(words);
    expect(things).toEqual([]);
    expect(faults.join('\n')).toMatch(fault);
  });

  it('takes two changes of one entry, and figures beside it', () => {
    const { things } = read('恒通那笔金额2.9应为2.0，恒通那笔专利号应为ZL202010345678.9，企业24应为23，都是笔误');
    expect(things).toMatchObject([
      { kind: 'entry', rowId: 2, after: { fee: '2' } },
      { kind: 'entry', rowId: 2, after: { fee: '2', patentNumbers: 'ZL202010345678.9' } },
      { kind: 'figure', field: 'enterprises', after: '23' },
    ]);
  });
});
