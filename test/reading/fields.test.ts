import fc from 'fast-check';
import nzh from 'nzh';
import { tables } from '../../entities/tables';
import { readFields } from '../../src/reading/fields';
import type { ReadingContext } from '../../src/reading/reading';

const statistics = tables.find((table) => table.name === 'statistics')!;
const project = tables.find((table) => table.name === 'project')!;
const last = {
  institutes: '3',
  enterprises: '24',
  patents: '118',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '860',
};
const open = statistics.fields.filter((field) => !field.derived).map((field) => field.key);
const context = (changes: Partial<ReadingContext> = {}): ReadingContext => ({
  fields: statistics.fields,
  asked: null,
  last,
  draft: {},
  open,
  ...changes,
});

describe('what must be asked comes with its choices', () => {
  it.each([
    ['企业42家', null, 'ambiguous_field', ['企业42家', '推送中小微42家']],
    ['又新增3家', 'enterprises', 'relative', ['企业27家']],
    ['减少2家', 'enterprises', 'relative', ['企业22家']],
    ['金额3千', null, 'unit', ['金额0.3万元', '金额3000万元']],
    ['27件', 'enterprises', 'unit', ['企业27家']],
    ['企业-3', null, 'negative', ['企业3家']],
    ['三百多', 'patents', 'vague', []],
    ['270', 'enterprises', 'unlike_last', ['企业270家']],
    ['没有', 'enterprises', 'empty', ['企业0家']],
    ['企业27，企业28', null, 'two_values', ['企业27家', '企业28家']],
    ['高校2家，科研院所2家', null, 'two_values', ['高校院所4家']],
    ['4、27', 'institutes', 'too_many', []],
  ])('%s', (text, asked, reason, labels) => {
    const [ask] = readFields(text, context({ asked })).asks;
    expect([ask?.reason, ask?.candidates.map((each) => each.label)]).toEqual([reason, labels]);
  });

  it('offers the two readings of 企业42家 with their fields', () => {
    const [ask] = readFields('企业42家', context()).asks;
    expect(ask?.fields).toEqual(['enterprises', 'smallFirms']);
  });

  it('asks for each vague figure of a message at once', () => {
    const { asks } = readFields('企业三十来家，专利三百多件，推了1.2万家，金额3千', context());
    expect(asks.map((ask) => ask.words)).toEqual(['企业三十来家', '专利三百多件', '金额3千']);
  });
});

describe('what is left over', () => {
  it.each([
    ['光山6月：高校院所4家，企业27，谢谢！', ''],
    ['企业27家，专利135件，请查收', ''],
    ['企业27，截止哪天？', '截止哪天？'],
    ['企业27，系统老是登录失败', '系统老是登录失败'],
    ['我想换个手机号', '想换个手机号'],
  ])('%s', (text, rest) => {
    expect(
      readFields(text, context())
        .rest.replace('开', '')
        .slice(0, rest.length || undefined),
    ).toBe(rest);
  });
});

describe('不适用', () => {
  it('is taken with its reason', () => {
    const { taken } = readFields('网址不适用，因为平台由省局统建', context());
    expect(taken).toMatchObject([{ kind: 'notApplicable', field: 'platformUrls', reason: '平台由省局统建' }]);
  });

  it('is asked for its reason', () => {
    expect(readFields('网址不适用', context()).asks).toMatchObject([{ field: 'platformUrls', reason: 'no_reason' }]);
  });
});

describe('figures that come from the project list', () => {
  it('are reported as stated and never taken', () => {
    const reading = readFields('许可15项，免费6付费9，金额48.2万', context());
    expect(reading.taken).toEqual([]);
    expect(reading.statedDerived).toEqual({ licences: '15', freeLicences: '6', paidLicences: '9', paidAmount: '48.2' });
  });
});

describe('patent numbers of a project', () => {
  it('asks about each that is wrong and offers the sound ones', () => {
    const text = '专利ZL202010345687.9、2021102345675、CN108123456B';
    const { asks, taken } = readFields(text, context({ fields: project.fields, last: {}, open: [] }));
    expect(taken).toEqual([]);
    expect(asks.map((ask) => [ask.words, ask.reason])).toEqual([
      ['ZL202010345687.9', 'wrong_check'],
      ['CN108123456B', 'publication'],
    ]);
    expect(asks[0]?.candidates.map((each) => each.value)).toEqual(['ZL202110234567.5']);
  });
});

describe('whatever is written', () => {
  const piece = fc.constantFrom(
    ...[
      '企业',
      '专利',
      '高校',
      '平台',
      '网址',
      '推送',
      '27',
      '三百多',
      '家',
      '件',
      '不变',
      '没有',
      '改成',
      '上月',
      '，',
      '、',
      '。',
    ],
    ...[
      '不是',
      '新增',
      '全部',
      '其余',
      '4',
      '一百二',
      'https://a.cn',
      '？',
      '约',
      '万',
      '元',
      '\n',
      ' ',
      '：',
      '第一项',
      '①',
      '(',
      ')',
    ],
  );
  const babble = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
  );

  it('never crashes, and takes each field at most once and only known ones', () => {
    fc.assert(
      fc.property(babble, fc.constantFrom(null, ...open), (text, asked) => {
        const fields = readFields(text, context({ asked })).taken.map((taken) => taken.field);
        expect(new Set(fields).size).toBe(fields.length);
        expect(open).toEqual(expect.arrayContaining(fields));
      }),
      { numRuns: 400 },
    );
  });

  it('takes no value out of a text without figures', () => {
    const words = fc.array(fc.constantFrom(...'今天系统登录失败请问联系人电话多少怎办理业务培训会议通知'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(null, 'institutes', 'enterprises', 'patents', 'smallFirms'),
        (characters, asked) => {
          expect(readFields(characters.join(''), context({ asked })).taken).toEqual([]);
        },
      ),
    );
  });

  it('reads every figure back that the product can print', () => {
    const counts = fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 0, max: 99_999 })));
    fc.assert(
      fc.property(
        counts,
        fc.boolean(),
        fc.constantFrom('，', ' ', '\n', '；', '、', ''),
        (numbers, isChinese, mark) => {
          const [a = 0, b = 0, c = 0, d = 0] = numbers;
          const spell = (number: number) => (isChinese ? nzh.cn.encodeS(number) : String(number));
          const text = [
            `高校院所${spell(a)}家`,
            `企业${spell(b)}家`,
            `专利${spell(c)}件`,
            `推送中小微${spell(d)}家`,
          ].join(mark);
          const { taken } = readFields(text, context());
          expect(taken.map((each) => (each.kind === 'value' ? each.value : each.kind))).toEqual(
            [a, b, c, d].map(String),
          );
        },
      ),
    );
  });
});
