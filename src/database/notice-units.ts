/** The units of the notice (信市监〔2023〕56号) in its order: a start-up list that staff change. */
import type { UnitKind } from '../../entities/unit';

export interface NoticeUnit {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly kind: UnitKind;
  /** Other names in use; the full and the short name go without saying. */
  readonly names: readonly string[];
}

const bureau = '市场监督管理局';

const county = (code: string, short: string, ...names: string[]): NoticeUnit => ({
  code,
  name: `${short}${bureau}`,
  short,
  kind: 'county',
  names: [...names, ...names.map((name) => `${name}局`), `${short}局`, `${short}市场监管局`],
});

const branch = (code: string, place: string): NoticeUnit => ({
  code,
  name: `信阳市${bureau}${place}分局`,
  short: `${place}分局`,
  kind: 'branch',
  names: [place],
});

export const rootUnit: NoticeUnit = {
  code: 'XY',
  name: `信阳市${bureau}`,
  short: '信阳市',
  kind: 'bureau',
  names: ['市局', '信阳', '信阳市局', '市市场监管局', '信阳市市场监管局'],
};

export const noticeUnits: readonly NoticeUnit[] = [
  county('SH', '浉河区', '浉河'),
  county('PQ', '平桥区', '平桥'),
  county('LS', '罗山县', '罗山'),
  county('GS', '光山县', '光山'),
  county('XX', '新县'),
  county('SC', '商城县', '商城'),
  county('GU', '固始县', '固始'),
  county('HC', '潢川县', '潢川'),
  county('HB', '淮滨县', '淮滨'),
  county('XI', '息县'),
  branch('YS', '羊山'),
  branch('GX', '高新'),
  branch('STT', '上天梯'),
  branch('NW', '南湾'),
  branch('JGS', '鸡公山'),
  branch('HCK', '潢川开发区'),
  {
    code: 'IPC',
    name: '信阳市知识产权维权保护中心',
    short: '维权保护中心',
    kind: 'center',
    names: ['知识产权维权保护中心', '保护中心', '维权中心'],
  },
];
