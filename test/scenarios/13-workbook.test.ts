import { IsNull } from 'typeorm';
import { DraftAnswer } from '../../entities/draft-answer';
import { Project } from '../../entities/tables/project';
import { valuesOfRow } from '../../src/filing/rows';
import type { Values } from '../../src/table/definition';
import { exported, projectHead, tableNamed, typed } from '../sheets/forms';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const figures: Values = {
  institutes: '4',
  enterprises: '27',
  patents: '135',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '1020',
};
const fresh: readonly Values[] = ['ZL202010345678.9', 'ZL202110234567.5', 'ZL201920876543.8'].map((numbers, at) => ({
  licensor: '信阳农业研究所',
  licensee: `新增企业${at + 1}`,
  patentNumbers: numbers,
  paymentKind: 'fixed',
  fee: String(at + 1),
}));

describe.each(databases)('scenario 13, an uploaded workbook, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const say = async (text: string) => office.plain(await office.say('zhangsan', text));
  const send = async (bytes: Uint8Array, name = '光山县6月.xlsx') =>
    office.plain(await office.upload('zhangsan', name, bytes));
  const list = async () => {
    const rows = await office.rows(Project, { unitId: await office.unitId('GS'), closedAt: IsNull() });
    return [...rows]
      .sort((a, b) => (a.entryId ?? a.id) - (b.entryId ?? b.id))
      .map((row) => valuesOfRow(tableNamed('project'), { ...row }));
  };

  /** The list with 第2项 (2.9万元) at 2.0, and three more. */
  const corrected = async () =>
    [...(await list()), ...fresh].map((values) => (values['fee'] === '2.9' ? { ...values, fee: '2.0' } : values));

  it('tells what is the same, changed, new and wrong, with addresses, and writes nothing', async () => {
    const [before, drafted] = [await list(), await office.rows(DraftAnswer)];
    const told = await send(await exported({ ...figures, enterprises: '约30' }, await corrected()));
    expect(told).toMatch(/相同11 修改1 新增3 错误1/);
    expect(told).toMatch(/第2项 恒通公司：使用费 2\.9→2万元/);
    expect(told).toMatch(/附件1!C6 企业“约30”不是整数/);
    expect(told).toMatch(/未写入任何数据/);
    expect(told).toMatch(/改好重传即可/);
    expect(await say('确认导入')).toMatch(/还有错误，没有导入/);
    expect(await list()).toEqual(before);
    expect(await office.rows(DraftAnswer)).toEqual(drafted);
  });

  it('takes the corrected file with its differences, imports it once, and then finds none', async () => {
    const rows = await corrected();
    await send(await exported({ ...figures, enterprises: '约30' }, rows));
    const file = await exported(figures, rows);
    const told = await send(file);
    expect(told).toMatch(/相同11 修改1 新增3；附件1（统计表）6项/);
    expect(told).toMatch(/确认导入/);
    const imported = await say('确认导入');
    expect(imported).toMatch(/已导入：项目清单新增3项、修改1项；统计表6项/);
    expect(imported).toMatch(/汇总.*企业 24→27家 \+3/s);
    expect(await list()).toEqual(rows.map((values) => (values['fee'] === '2.0' ? { ...values, fee: '2' } : values)));
    expect(await send(file)).toMatch(/无差异/);
    expect(await say('上报')).toMatch(/汇总/);
    expect(await say('确认')).toMatch(/GS-202506-01/);
    expect(await send(file)).toMatch(/无差异/);
  });

  it('takes what the bureau exports, and what somebody types on the form', async () => {
    const [own = {}] = await list();
    const rows = [projectHead, [1, own['licensor'] ?? '', own['licensee'] ?? '', own['patentNumbers'] ?? '', 3, '']];
    const told = await send(await typed({ name: '附件2', rows }));
    expect(told).toMatch(/相同0 修改1 新增0/);
    expect(told).toMatch(/支付方式 免费→固定金额，使用费 0→3万元/);
    expect(told).toMatch(/第2项、第3项.*等11项文件里没有，保持不变，不会删除/);
    const sheet = await office.download(await office.say('keyuan', '导出 5月'));
    expect(await send(sheet)).toMatch(/截至2025年5月.*按2025年6月导入/);
  });

  it('imports the sound part when that is asked for', async () => {
    await send(await exported({ ...figures, enterprises: '约30' }, await list()));
    expect(await say('导入其余')).toMatch(/已导入：统计表5项.*②.*企业/s);
  });

  it('survives a digression and a restart', async () => {
    await send(await exported(figures, await corrected()));
    expect(await say('截止哪天')).toMatch(/7月7日.*试算还在/s);
    await office.restart();
    expect(await say('确认导入')).toMatch(/已导入/);
  });

  it('shows the dry run again when the data have changed in the meantime', async () => {
    await send(await exported(figures, await corrected()));
    await office.sayAll('lisi', '删除第1项', '确认');
    expect(await say('确认导入')).toMatch(/刚才有变动.*相同10 修改1 新增4/s);
    expect(await say('确认导入')).toMatch(/已导入/);
  });

  it('does not import what was given up', async () => {
    const before = await list();
    await send(await exported(figures, await corrected()));
    await say('取消');
    expect(await say('确认导入')).toMatch(/没有等待导入/);
    expect(await list()).toEqual(before);
  });

  it('lists the missing columns of what is not the form', async () => {
    const rows = [
      ['姓名', '电话'],
      ['张三', '1'],
    ];
    expect(await send(await typed({ name: 'Sheet1', rows }))).toMatch(/附件1.*缺少列.*企业数量.*附件2.*缺少列.*专利号/);
  });

  it('refuses another county’s file, a group, and those who report for no unit', async () => {
    const file = await exported(figures, [], { scope: '罗山县' });
    expect(await send(file)).toMatch(/附件1!A2 填报单位是“罗山县”，您负责的是光山县/);
    const inGroup = await office.upload('zhangsan', '6月.xlsx', file, { group: 'pilot-group' });
    expect(office.plain(inGroup)).toMatch(/群里不收.*私聊/);
    expect(office.plain(await office.upload('juzhang', '6月.xlsx', file))).toMatch(/没有要报送的单位/);
  });

  it.each([
    ['an old workbook', '6月.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), /另存为.*\.xlsx/],
    ['a CSV', '6月.csv', Buffer.from('a,b'), /粘贴/],
    ['a PDF', '6月.pdf', Buffer.from('%PDF'), /请发 \.xlsx/],
    ['more than 5 MB', '6月.xlsx', new Uint8Array(5 * 1024 * 1024 + 1), /超过5 MB/],
  ])('says what to do with %s', async (_label, name, bytes, advice) => {
    expect(await send(bytes, name)).toMatch(advice);
  });

  it('cuts 50 MB off without taking them in', async () => {
    const query = 'kind=private&id=zhangsan&userId=zhangsan&key=key-00000001&name=a.xlsx';
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Uint8Array(50 * 1024 * 1024);
    const status = await fetch(`${office.url}/playground/files?${query}`, { method: 'POST', headers, body }).then(
      (response) => response.status,
      // The connection may be closed while the rest is still being written.
      () => 413,
    );
    expect(status).toBe(413);
    expect(await say('帮助')).toMatch(/您好/);
  });
});
