import { tables } from '../../entities/tables';
import { readPasted } from '../../src/sheets/pasted';
import { projectHead } from './forms';

const lines = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\n');

function textsIn(text: string) {
  const read = readPasted(text, tables);
  return read && { table: read.table, rows: read.rows.map((row) => Object.values(row.cells).map((cell) => cell.text)) };
}

const own = ['豫南大学', '恒通公司', 'ZL202110234567.5', '5万', ''];

describe('pasted rows', () => {
  it.each([
    ['under the official head', lines(projectHead, ['1', ...own])],
    ['under short titles', lines(['许可方', '被许可方', '专利号', '金额', '备注'], own)],
    ['without head, numbered', lines(['1', ...own])],
    ['without head or numbers', lines(own)],
    ['without their empty last column', lines(['1', ...own.slice(0, 4)])],
    ['with Windows line ends and a blank line', `${lines(['1', ...own])}\r\n\r\n`],
  ])('are read %s', (_label, text) => {
    expect(textsIn(text)).toEqual({ table: 'project', rows: [own] });
  });

  it('keep a cell of several lines whole', () => {
    const text = lines(['豫南大学', '恒通公司', '"ZL202110234567.5\nZL202010345678.9"', '0', '']);
    expect(textsIn(text)?.rows[0]?.[2]).toBe('ZL202110234567.5\nZL202010345678.9');
  });

  it('may hold a stray quotation mark', () => {
    expect(textsIn(lines(['豫南"大学', '恒通公司', 'ZL202110234567.5', '0']))?.rows[0]?.[0]).toBe('豫南"大学');
  });

  it.each([
    ['numbered', ['1', '4', '27', '135', '省平台', 'https://p.example.cn', '1020', '15', '6', '9', '48.2']],
    ['without number', ['4', '27', '135', '省平台', 'https://p.example.cn', '1020', '15', '6', '9', '48.2']],
    ['up to what is asked', ['4', '27', '135', '省平台', 'https://p.example.cn', '1020']],
  ])('are the figures when the columns are theirs: %s', (_label, row) => {
    const read = textsIn(lines(row));
    expect(read?.table).toBe('statistics');
    expect(read?.rows[0]?.slice(0, 6)).toEqual(['4', '27', '135', '省平台', 'https://p.example.cn', '1020']);
  });

  it.each([
    ['a sentence', '企业27，专利135'],
    ['two columns of names and figures', '企业\t27\n专利\t135'],
  ])('are not seen in %s', (_label, text) => {
    expect(readPasted(text, tables)).toBeNull();
  });
});
