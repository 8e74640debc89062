import { tables } from '../../entities/tables';
import { type SheetData, writeWorkbook } from '../../src/sheets/workbook';
import type { TableDefinition } from '../../src/table/definition';
import { type OpenedSheet, openWorkbook, rowOf } from './opened';

const statistics = tables.find((table) => table.name === 'statistics') as TableDefinition;
const project = tables.find((table) => table.name === 'project') as TableDefinition;

const figures = {
  institutes: '4',
  enterprises: '27',
  patents: '135',
  platforms: '省知识产权交易平台\n市局官网',
  platformUrls: 'https://p.example.cn\nhttps://www.example.cn',
  smallFirms: '1020',
  licences: '15',
  freeLicences: '6',
  paidLicences: '9',
  paidAmount: '48.2',
};

const sheetOf = (definition: TableDefinition, more: Partial<SheetData>): SheetData => ({
  definition,
  scope: '光山县',
  period: '2025-06',
  filedOn: '2025年7月2日',
  rows: [{ label: null, values: {} }],
  totals: null,
  blanks: 0,
  ...more,
});

async function write(definition: TableDefinition, more: Partial<SheetData>): Promise<OpenedSheet> {
  return openWorkbook(await writeWorkbook([sheetOf(definition, more)]))[0]!;
}

describe('附件1', () => {
  const one = () => write(statistics, { rows: [{ label: null, values: figures }], blanks: 13 });

  it('has title and head lines as printed, filled in', async () => {
    const sheet = await one();
    expect(sheet.name).toBe('附件1');
    expect([1, 2, 3].map((row) => sheet.cells.get(`A${row}`)?.value)).toEqual([
      '光山县专利开放许可试点情况统计表(截至 2025年6月底)',
      '填报单位(盖章):光山县',
      '填报时间:2025年7月2日',
    ]);
  });

  it('merges the head as printed: parents over their columns, leaves down to the last head row', async () => {
    expect((await one()).merges.sort()).toEqual(
      ['A1:K1', 'A2:K2', 'A3:K3', 'A4:A5', 'B4:C4', 'D4:D5', 'E4:E5', 'F4:F5', 'G4:G5', 'H4:K4'].sort(),
    );
  });

  it('names every column in the official order', async () => {
    const sheet = await one();
    expect(rowOf(sheet, 4)).toEqual({
      A: '序号',
      B: '参与试点、提出开放许可的专利权人数量',
      D: '已进行开放许可专利数量',
      E: '开放许可试点信息发布平台名称',
      F: '开放许可试点信息发布平台网址',
      G: '匹配推送后惠及的中小微企业数量',
      H: '达成许可情况',
    });
    expect(rowOf(sheet, 5)).toEqual({
      B: '高校、科研院所数量',
      C: '企业数量',
      H: '达成许可总数',
      I: '其中,达成免费许可总数',
      J: '其中,达成收费许可总数',
      K: '达成收费许可的总金额(按固定或可折算金额方式进行支付,单位:万元)',
    });
  });

  it('writes figures as numbers and several values of a field on lines of their own', async () => {
    const sheet = await one();
    expect(sheet.cells.get('C6')).toMatchObject({ type: undefined, value: '27', format: '1' });
    expect(sheet.cells.get('K6')).toMatchObject({ type: undefined, value: '48.2', format: '0.0' });
    expect(sheet.cells.get('E6')).toMatchObject({ type: 's', value: '省知识产权交易平台\n市局官网', wrapped: true });
  });

  it('fills the body up to the rows of the printed form, ruled and empty', async () => {
    const sheet = await one();
    expect(sheet.cells.get('K18')).toMatchObject({ value: '', bordered: true });
    expect(sheet.cells.has('A19')).toBe(false);
  });

  it('rules every cell of a merged head', async () => {
    const sheet = await one();
    expect(['B4', 'C4', 'D5', 'K4'].map((address) => sheet.cells.get(address)?.bordered)).toEqual(Array(4).fill(true));
  });

  it('prints on A4 across, fitted to its width, with the head on every page', async () => {
    const { xml, workbookXml } = await one();
    expect(xml).toMatch(/<pageSetup paperSize="9" orientation="landscape"[^>]*fitToHeight="0"/);
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(workbookXml).toMatch(/_xlnm\.Print_Titles" localSheetId="0">[^<]*!\$4:\$5</);
  });

  it('leaves room for the day where nothing has been filed', async () => {
    const sheet = await write(statistics, { filedOn: null });
    expect(sheet.cells.get('A3')?.value).toMatch(/^填报时间: +年 +月 +日$/);
  });
});

describe('values', () => {
  it.each([
    ['a figure of zero', '0', { type: undefined, value: '0' }],
    ['nothing reported', undefined, { type: undefined, value: '' }],
    ['an empty text', '', { type: undefined, value: '' }],
    ['不适用', '不适用', { type: 's', value: '不适用' }],
    ['a large count', '123456789012', { type: undefined, value: '123456789012', format: '1' }],
  ])('shows %s as what it is', async (_label, enterprises, expected) => {
    const values: Record<string, string> = enterprises === undefined ? {} : { enterprises };
    const sheet = await write(statistics, { rows: [{ label: null, values }] });
    expect(sheet.cells.get('C6')).toMatchObject(expected);
  });

  it.each([
    ['48.2', '48.2', '0.0'],
    ['0.000001', '1e-6', '0.000000'],
    ['123456789.123456', '123456789.123456', '0.000000'],
    ['6', '6', '1'],
  ])('shows the amount %s to its last digit', async (paidAmount, value, format) => {
    const sheet = await write(statistics, { rows: [{ label: null, values: { paidAmount } }] });
    expect(sheet.cells.get('K6')).toMatchObject({ type: undefined, format });
    expect(Number(sheet.cells.get('K6')?.value)).toBe(Number(value));
  });

  it('keeps an amount as text when a cell could not hold all its digits', async () => {
    const sheet = await write(statistics, { rows: [{ label: null, values: { paidAmount: '12345678901234.123456' } }] });
    expect(sheet.cells.get('K6')).toMatchObject({ type: 's', value: '12345678901234.123456' });
  });
});

describe('texts that people typed', () => {
  const writeRemark = async (remark: string) =>
    (await write(project, { rows: [{ label: null, values: { remark } }] })).cells.get('F5');

  it.each(['=1+1', '+86', '-3', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1', '＝1+1', '=HYPERLINK("http://x.example")'])(
    'keeps %j a text even when its cell is edited',
    async (remark) => {
      expect(await writeRemark(remark)).toMatchObject({ type: 's', format: '49', quotePrefix: true });
    },
  );

  it('leaves ordinary texts unmarked', async () => {
    expect(await writeRemark('销售额3%提成')).toMatchObject({ value: '销售额3%提成', format: '0', quotePrefix: false });
  });

  it.each([
    ['control characters', 'a\u0000b\u0007c\u001Bd', 'abcd'],
    ['half a character', 'a\uD83Db', 'ab'],
    ['a tab', 'a\tb', 'a b'],
    ['Windows line ends', 'a\r\nb', 'a\nb'],
    ['markup', '<b>&amp;]]>', '<b>&amp;]]>'],
    ['an escape of the file format', '_x0041_', '_x005F_x0041_'],
    ['a whole emoji', '好👍', '好👍'],
  ])('writes %s so that the file opens and shows it', async (_label, remark, stored) => {
    expect((await writeRemark(remark))?.value).toBe(stored);
  });

  it('cuts a text at what a cell can hold', async () => {
    const stored = (await writeRemark('长'.repeat(40_000)))?.value ?? '';
    expect([stored.length, stored.at(-1)]).toEqual([32_767, '…']);
  });
});

describe('附件2', () => {
  it('has its five columns, the notice’s footnote merged below, and no column that the form lacks', async () => {
    const values = {
      licensor: '豫南大学',
      patentNumbers: 'ZL202010345678.9\nZL202110234567.5',
      paymentKind: 'free',
      fee: '0',
    };
    const sheet = await write(project, { rows: [{ label: null, values }], blanks: 15 });
    expect(Object.values(rowOf(sheet, 4))).toEqual(['序号', ...project.sheet.columns.map((column) => column.title)]);
    expect(rowOf(sheet, 5)).toEqual({ A: '1', B: '豫南大学', D: 'ZL202010345678.9\nZL202110234567.5', E: '0' });
    expect(sheet.cells.get('A20')?.value).toBe(project.sheet.footnote);
    expect(sheet.merges).toContain('A20:F20');
  });
});

describe('a sheet over several units', () => {
  const city = () =>
    write(statistics, {
      scope: '信阳市',
      rows: [
        { label: '光山县', values: figures, status: '按时' },
        { label: '新县', values: {}, status: '未报' },
      ],
      totals: { enterprises: '27', paidAmount: '48.2' },
    });

  it('names the unit after 序号 and the state at the end, and leaves a missing unit’s figures blank', async () => {
    const sheet = await city();
    expect(rowOf(sheet, 4)).toMatchObject({
      A: '序号',
      B: '县区',
      C: '参与试点、提出开放许可的专利权人数量',
      M: '报送情况',
    });
    expect(rowOf(sheet, 7)).toEqual({ A: '2', B: '新县', M: '未报' });
  });

  it('ends with 合计 over the leading columns', async () => {
    const sheet = await city();
    expect(rowOf(sheet, 8)).toEqual({ A: '合计', D: '27', L: '48.2' });
    expect(sheet.merges).toContain('A8:B8');
  });
});

describe('names of sheets', () => {
  it.each([
    ['two tables', [statistics, project], ['光山县', '光山县'], ['附件1', '附件2']],
    ['one table for two units', [statistics, statistics], ['光山县', '新县'], ['附件1-光山县', '附件1-新县']],
    ['the same unit twice', [statistics, statistics], ['新县', '新县'], ['附件1-新县', '附件1-新县 (2)']],
    ['signs that are not allowed', [statistics, statistics], ['a/b:c', '[x]?*'], ['附件1-a b c', '附件1- x']],
    ['a long name', [statistics, statistics], ['长'.repeat(40), '新县'], [`附件1-${'长'.repeat(27)}`, '附件1-新县']],
  ])('are told apart: %s', async (_label, definitions, scopes, names) => {
    const sheets = definitions.map((definition, index) => sheetOf(definition, { scope: scopes[index] ?? '' }));
    expect(openWorkbook(await writeWorkbook(sheets)).map((sheet) => sheet.name)).toEqual(names);
  });
});
