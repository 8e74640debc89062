import { strToU8, zipSync } from 'fflate';
import { readRows } from '../../src/sheets/read';

type Cells = Record<string, string>;

const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The smallest workbook that a spreadsheet program opens, with the given rows of cells as XML. */
function workbook(rows: string, { after = '', names = '' } = {}): Record<string, Uint8Array> {
  const parts: Cells = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="联系人" sheetId="1" r:id="rId1"/></sheets>${names}</workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${main}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`,
  };
  return Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]));
}

const inline = (address: string, text: string): string => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, ...cells: string[]): string => `<row r="${number}">${cells.join('')}</row>`;
const read = (parts: Record<string, Uint8Array>) => readRows({ name: '花名册.xlsx', bytes: zipSync(parts) });
const readCsv = (text: string | Uint8Array) =>
  readRows({ name: '花名册.csv', bytes: typeof text === 'string' ? strToU8(text) : text });

describe('cells of a workbook', () => {
  it.each([
    ['a mobile number kept as a number', '<c r="A1"><v>13800138000</v></c>', '13800138000'],
    ['the same in powers of ten', '<c r="A1"><v>1.3800138E10</v></c>', '13800138000'],
    ['a fraction with the noise of its double', '<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
    ['a small amount', '<c r="A1"><v>1.0000000000000001E-6</v></c>', '0.000001'],
    ['a text', inline('A1', ' 张三 '), '张三'],
    ['a number kept as text', inline('A1', '0376-8888123'), '0376-8888123'],
    ['a date', '<c r="A1" s="1"><v>45841</v></c>', '2025-07-03'],
    ['a formula’s stored result', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['a formula’s stored text', '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', 'ab'],
    ['a formula that was never computed', '<c r="A1"><f>1+1</f></c>', ''],
    ['a truth value', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a text in several fonts', '<c r="A1" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r></is></c>', '张三'],
  ])('are read as plain text: %s', async (_label, cell, text) => {
    const result = await read(workbook(row(1, cell, inline('B1', 'end'))));
    expect(result).toEqual({ ok: true, rows: [[text, 'end']] });
  });

  it('keep their row numbers where rows are empty, and lose the empty rows below', async () => {
    const result = await read(
      workbook(row(1, inline('A1', 'a')) + row(3, inline('B3', 'b')) + row(9, inline('A9', ' '))),
    );
    expect(result).toEqual({ ok: true, rows: [['a'], [], ['', 'b']] });
  });

  it('repeat what a merged area says in every cell that it covers', async () => {
    const rows = row(1, inline('A1', '光山县'), inline('B1', '张三')) + row(2, '<c r="A2"/>', inline('B2', '李四'));
    const result = await read(workbook(rows, { after: '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>' }));
    expect(result).toEqual({
      ok: true,
      rows: [
        ['光山县', '张三'],
        ['光山县', '李四'],
      ],
    });
  });
});

describe('a file that is refused says why', () => {
  const one = row(1, inline('A1', 'a'));
  const merged = (ref: string) => workbook(one, { after: `<mergeCells><mergeCell ref="${ref}"/></mergeCells>` });
  const many = Array.from({ length: 20_001 }, (_, index) => row(index + 1, `<c r="A${index + 1}"><v>1</v></c>`)).join(
    '',
  );

  it.each([
    ['more than 5 MB', () => readCsv(new Uint8Array(5 * 1024 * 1024 + 1)), '5 MB'],
    ['unfolds to more than 50 MB', () => read({ ...workbook(one), bomb: new Uint8Array(51 * 1024 * 1024) }), '50 MB'],
    ['rows beyond the limit', () => read(workbook(many)), '20000行'],
    ['a row far below', () => read(workbook(row(1_048_576, '<c r="A1048576"><v>1</v></c>'))), '20000行'],
    ['a column far to the right', () => read(workbook(row(1, '<c r="XFD1"><v>1</v></c>'))), '200列'],
    ['a merge over the whole sheet', () => read(merged('A1:XFD1048576')), '合并'],
    ['a merge that cannot be read', () => read(merged('&#65;1:XFD1048576')), '合并'],
    [
      'XML cut off',
      () => read({ ...workbook(one), 'xl/worksheets/sheet1.xml': strToU8('<worksheet><sheetData>') }),
      '损坏',
    ],
    ['a ZIP cut off', () => readRows({ name: 'a.xlsx', bytes: zipSync(workbook(one)).subarray(0, 300) }), '损坏'],
    ['a ZIP of something else', () => read({ 'word/document.xml': strToU8('<a/>') }), 'xlsx'],
    [
      'an old or locked workbook',
      () => readRows({ name: 'a.xls', bytes: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0) }),
      '旧版',
    ],
    ['another kind of file', () => readRows({ name: 'a.pdf', bytes: strToU8('%PDF') }), 'csv'],
    ['a CSV in GBK', () => readCsv(Uint8Array.of(0xd5, 0xc5, 0xc8, 0xfd)), 'UTF-8'],
    ['a CSV with an open quote', () => readCsv('a,"b\n'), '引号'],
    ['a CSV with too many rows', () => readCsv('a\n'.repeat(20_001)), '20000行'],
  ])('%s', async (_label, refuse, reason) => {
    expect(await refuse()).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('what names more cells than there are', () => {
  it('costs nothing: names, input rules and formats over whole columns', async () => {
    const all = 'A1:XFD1048576';
    const result = await read(
      workbook(row(1, inline('A1', 'a')), {
        names: `<definedNames><definedName name="n">联系人!$A$1:$XFD$1048576</definedName></definedNames>`,
        after:
          `<conditionalFormatting sqref="${all}"/><dataValidations count="1"><dataValidation type="list" sqref="${all}">` +
          '<formula1>"a,b"</formula1></dataValidation></dataValidations>',
      }),
    );
    expect(result).toEqual({ ok: true, rows: [['a']] });
  });

  it('gains nothing by a false size in the ZIP directory', async () => {
    const bytes = zipSync({ ...workbook(''), 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 * 1024) });
    // The size stands in the directory entry 24 bytes after its signature; every one is made to say 1,000 bytes.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
    }
    expect((await readRows({ name: 'a.xlsx', bytes })).ok).toBe(false);
  });
});

describe('a CSV', () => {
  it.each([
    ['without a byte order mark', '单位,姓名\n光山县,张三\n'],
    ['with one', '\uFEFF单位,姓名\n光山县,张三\n'],
    ['with Windows line ends', '单位,姓名\r\n光山县,张三\r\n'],
    ['with quotes and spaces', '"单位", 姓名 \n光山县,"张三"'],
    ['with empty lines at its end', '单位,姓名\n光山县,张三\n\n,\n'],
  ])('is read %s', async (_label, text) => {
    expect(await readCsv(text)).toEqual({
      ok: true,
      rows: [
        ['单位', '姓名'],
        ['光山县', '张三'],
      ],
    });
  });

  it('keeps long numbers as they are typed', async () => {
    expect(await readCsv('13800138000,0376-8888123')).toEqual({ ok: true, rows: [['13800138000', '0376-8888123']] });
  });
});
