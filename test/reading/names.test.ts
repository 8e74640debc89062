import { findUnits } from '../../src/reading/names';

const units = [
  { id: 'GS', names: ['光山县市场监督管理局', '光山县', '光山'] },
  { id: 'XX', names: ['新县市场监督管理局', '新县'] },
  { id: 'HC', names: ['潢川县市场监督管理局', '潢川县', '潢川'] },
  { id: 'HK', names: ['潢川开发区分局', '潢川开发区'] },
  { id: 'SH', names: ['浉河区'] },
];

describe('the units a text names', () => {
  it.each([
    ['光山', ['GS']],
    ['光山县', ['GS']],
    ['光山县局', ['GS']],
    ['光山县市监局', ['GS']],
    ['光山县市场监管局张三', ['GS']],
    ['我是光山县市场监督管理局的', ['GS']],
    ['浉河', ['SH']],
    ['新县', ['XX']],
    ['潢川', ['HC']],
    ['潢川开发区分局', ['HK']],
    ['潢川开发区和潢川县', ['HK', 'HC']],
    ['通过 光山 张三', ['GS']],
    ['新的企业', []],
    ['', []],
  ])('%p', (text, ids) => {
    expect(findUnits(text, units).flatMap((mention) => mention.ids)).toEqual(ids);
  });

  it('returns every unit of a name that two share', () => {
    const two = [
      { id: 1, names: ['鼓楼区'] },
      { id: 2, names: ['鼓楼区'] },
    ];
    expect(findUnits('鼓楼', two)).toEqual([{ ids: [1, 2], start: 0, end: 2 }]);
  });

  it('says where the name stands', () => {
    expect(findUnits('催 光山县局 一下', units)).toEqual([{ ids: ['GS'], start: 2, end: 6 }]);
  });
});
