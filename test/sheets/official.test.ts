import { strToU8, unzipSync, zipSync } from 'fflate';
import { tables } from '../../entities/tables';
import { type ReadTable, readOfficial } from '../../src/sheets/official';
import { writeWorkbook } from '../../src/sheets/workbook';
import { exported, projectHead, typed } from './forms';

const read = (bytes: Uint8Array, name = '6月.xlsx') => readOfficial({ name, bytes }, tables);

async function tableIn(bytes: Uint8Array, table: string): Promise<ReadTable> {
  const result = await read(bytes);
  if (!result.ok) throw new Error(result.reason);
  const found = result.tables.find((each) => each.table === table);
  if (!found) throw new Error(`no ${table} was found`);
  return found;
}

const textsOf = (table: ReadTable) =>
  table.rows.map((row) => Object.fromEntries(Object.entries(row.cells).map(([key, cell]) => [key, cell.text])));
const addressesOf = (table: ReadTable) => table.rows.map((row) => Object.values(row.cells).map((cell) => cell.address));

const project = { licensor: '豫南大学', licensee: '恒通公司', patentNumbers: 'ZL202110234567.5', fee: '2.9' };

describe('our own export', () => {
  it('comes back cell by cell, under its merged head', async () => {
    const figures = { institutes: '4', enterprises: '27', platforms: '省平台\n市平台', paidAmount: '48.2' };
    const table = await tableIn(await exported(figures, [project]), 'statistics');
    expect(table.sheet).toBe('附件1');
    expect(textsOf(table)).toMatchObject([{ ...figures, patents: '' }]);
    expect(addressesOf(table)[0]?.slice(0, 3)).toEqual(['B6', 'C6', 'D6']);
  });

  it('gives the list without the empty lines of the form and its footnote', async () => {
    const table = await tableIn(await exported({}, [project, { ...project, licensee: '弦城公司' }]), 'project');
    expect(textsOf(table)).toMatchObject([project, { licensee: '弦城公司' }]);
    expect(table.rows.map(({ number, serial }) => [number, serial])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('keeps what stands above the table', async () => {
    const { opening } = await tableIn(await exported({}, [project]), 'project');
    expect(opening.map(({ address, text }) => [address, text])).toContainEqual(['A2', '填报单位（盖章）：光山县']);
  });

  it('of several units labels each row, and its totals are no row', async () => {
    const bytes = await writeWorkbook([
      {
        definition: tables[0]!,
        scope: '信阳市',
        period: '2025-06',
        filedOn: null,
        rows: [
          { label: '光山县', values: { institutes: '4' } },
          { label: '新县', values: { institutes: '2' }, status: '迟报' },
        ],
        totals: { institutes: '6' },
        blanks: 0,
      },
    ]);
    const table = await tableIn(bytes, 'statistics');
    expect(table.rows.map(({ unit, cells }) => [unit, cells['institutes']?.text])).toEqual([
      ['光山县', '4'],
      ['新县', '2'],
    ]);
  });
});

describe('a form that was typed by hand', () => {
  it('is found under another sheet name, short titles, notes and blank rows', async () => {
    const table = await tableIn(
      await typed({
        name: 'Sheet1',
        rows: [
          ['光山县项目清单'],
          [],
          ['序号', '许可方', '被许可方', '专利号', '使用费(万元)', '备注'],
          [1, '豫南大学', '恒通公司', 'ZL202110234567.5', 2.9],
          [],
          [2, '豫南大学', '弦城公司', 202110234567.5, 0, '免费'],
          ['合计', null, null, null, 2.9],
          ['注：使用费按合同填写'],
        ],
      }),
      'project',
    );
    expect(textsOf(table)).toEqual([
      { ...project, remark: '' },
      { licensor: '豫南大学', licensee: '弦城公司', patentNumbers: '202110234567.5', fee: '0', remark: '免费' },
    ]);
    expect(table.rows[1]?.cells['fee']?.address).toBe('E6');
  });

  it('is read under a head of two rows that is not merged', async () => {
    const table = await tableIn(
      await typed({
        name: '附件1',
        rows: [
          [
            '序号',
            '参与试点的专利权人数量',
            null,
            '开放许可专利',
            '平台名称',
            '平台网址',
            '中小微企业数量',
            '达成许可情况',
          ],
          [null, '高校院所（家）', '企业数（家）', null, null, null, null, '总数', '免费', '收费', '金额'],
          [1, 4, 27, 135, '省平台', 'https://p.example.cn', 1020, 15, 6, 9, 48.2],
        ],
      }),
      'statistics',
    );
    const figures = { institutes: '4', enterprises: '27', patents: '135', smallFirms: '1020', paidAmount: '48.2' };
    expect(textsOf(table)).toMatchObject([figures]);
  });

  it('takes an entry over several merged lines for one, with all its numbers', async () => {
    const merged = ['A2:A3', 'B2:B3', 'C2:C3', 'E2:E3', 'F2:F3'];
    const rows = [
      projectHead,
      [1, '豫南大学', '恒通公司', 'ZL202110234567.5', 2.9],
      [null, null, null, 'ZL202010345678.9'],
      [2, '豫南大学', '弦城公司', 'ZL201920876543.8', 0],
    ];
    const table = await tableIn(await typed({ name: '附件2', rows, merges: merged }), 'project');
    expect(table.rows.map((row) => row.cells['patentNumbers']?.text)).toEqual([
      'ZL202110234567.5\nZL202010345678.9',
      'ZL201920876543.8',
    ]);
  });

  it('repeats a merged name in each of its rows', async () => {
    const rows = [
      projectHead,
      [1, '豫南大学', '甲公司', 'ZL202110234567.5', 1],
      [2, null, '乙公司', 'ZL202010345678.9', 2],
    ];
    const table = await tableIn(await typed({ name: '附件2', rows, merges: ['B2:B3'] }), 'project');
    expect(table.rows.map((row) => row.cells['licensor']?.text)).toEqual(['豫南大学', '豫南大学']);
  });

  it('passes over hidden sheets', async () => {
    const stale = { name: '附件2', rows: [projectHead, [1, '旧', '旧', 'ZL202110234567.5', 1]], hidden: true };
    const rows = [projectHead, [1, '豫南大学', '甲公司', 'ZL202110234567.5', 1]];
    const table = await tableIn(await typed(stale, { name: '附件2（新）', rows }), 'project');
    expect(textsOf(table)).toMatchObject([{ licensor: '豫南大学' }]);
  });
});

describe('what is no typed value is marked', () => {
  it.each([
    ['a formula with a number as its result', { formula: '1+1', result: 2 }, '2', null],
    ['a formula with a text as its result', { formula: 'A1', result: '甲' }, '甲', 'formula'],
    ['a date', new Date(Date.UTC(2025, 5, 30)), '2025-06-30', 'date'],
    ['a truth value', true, 'TRUE', 'logical'],
  ])('%s', async (_label, value, text, flaw) => {
    const rows = [projectHead, [1, '豫南大学', '甲公司', 'ZL202110234567.5', value]];
    const table = await tableIn(await typed({ name: '附件2', rows }), 'project');
    expect(table.rows[0]?.cells['fee']).toEqual({ address: 'E2', text, flaw });
  });
});

describe('a file that is refused says why', () => {
  const small = () => typed({ name: '附件2', rows: [projectHead, [1, '甲', '乙', 'ZL202110234567.5', 1]] });
  const withPart = async (name: string, part: Uint8Array) => zipSync({ ...unzipSync(await small()), [name]: part });
  const many = (count: number, cell: string) =>
    strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${cell.repeat(count)}</row></sheetData></worksheet>`,
    );

  it.each<[string, () => Promise<Uint8Array>, string, RegExp]>([
    ['more than 5 MB', async () => new Uint8Array(5 * 1024 * 1024 + 1), 'a.xlsx', /5 MB/],
    ['a bomb', () => withPart('bomb', new Uint8Array(21 * 1024 * 1024)), 'a.xlsx', /解压后超过20 MB/],
    [
      'more cells than a form has',
      () => withPart('xl/worksheets/sheet1.xml', many(100_001, '<c/>')),
      'a.xlsx',
      /单元格/,
    ],
    [
      'tags within tags without end',
      () => withPart('xl/worksheets/sheet1.xml', strToU8('<a>'.repeat(100_000))),
      'a.xlsx',
      /内容过多/,
    ],
    [
      'tags that never end',
      () => withPart('xl/worksheets/sheet1.xml', strToU8('<a '.repeat(100_000))),
      'a.xlsx',
      /内容过多/,
    ],
    [
      'more tags than a form has',
      () => withPart('xl/styles.xml', strToU8(`<a>${'<b/>'.repeat(1_000_001)}</a>`)),
      'a.xlsx',
      /内容过多/,
    ],
    ['entities', () => withPart('xl/styles.xml', strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a/>')), 'a.xlsx', /损坏/],
    ['macros', () => withPart('xl/vbaProject.bin', new Uint8Array(8)), 'a.xlsm', /宏.*\.xlsx/],
    ['an old workbook', async () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'a.xls', /旧版.*密码/],
    ['a CSV', async () => strToU8('a,b'), 'a.csv', /粘贴/],
    ['a PDF', async () => strToU8('%PDF'), 'a.pdf', /不是表格文件/],
    ['anything else', async () => strToU8('hello'), 'a.bin', /只能读 \.xlsx/],
    ['a ZIP cut off', async () => (await small()).subarray(0, 400), 'a.xlsx', /损坏/],
  ])('%s', async (_label, bytes, name, reason) => {
    expect(await read(await bytes(), name)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('names the columns that are missing', async () => {
    const rows = [
      ['序号', '许可方', '专利号', '备注'],
      [1, '甲', 'ZL202110234567.5'],
    ];
    expect(await read(await typed({ name: '附件2', rows }))).toEqual({
      ok: false,
      reason: '附件2（项目清单）缺少列：达成许可的被许可人名称、达成许可的使用费金额*（万元）',
    });
  });

  it('names those of every table when it is none of them', async () => {
    const result = await read(
      await typed({
        name: 'Sheet1',
        rows: [
          ['姓名', '电话'],
          ['张三', '1'],
        ],
      }),
    );
    expect(result).toEqual({
      ok: false,
      reason: expect.stringMatching(/附件1.*缺少列：.*企业数量.*附件2.*缺少列：.*专利号/),
    });
  });
});
