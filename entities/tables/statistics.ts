/** 附件1 专利开放许可试点情况统计表: columns, order and wording of the notice (信市监〔2023〕56号). */
import Decimal from 'decimal.js';
import { Amount, type FieldsOf, Figure, Table, Text } from '../../src/table/declare';
import type { Values } from '../../src/table/definition';
import { listedWithin, pairs, sumOf, zeroWithout } from '../../src/table/rules';
import { FiguresRow } from '../../src/table/stored';
import { statisticsBulletin, statisticsSheet } from './statistics-layout';

export type StatisticsField = FieldsOf<Statistics, FiguresRow>;

const isFree = (row: Values): boolean => row['paymentKind'] === 'free';
const countOf = (keep: (row: Values) => boolean) => (rows: readonly Values[]) => String(rows.filter(keep).length);

/** Royalty-only licences carry a fee of 0, so the sum is that of the fixed and entry fees, as the notice asks. */
function totalFee(rows: readonly Values[]): string {
  return rows.reduce((sum, row) => sum.plus(row['fee'] ?? 0), new Decimal(0)).toFixed();
}

@Table<StatisticsField>({
  name: 'statistics',
  attachment: '附件1',
  title: '专利开放许可试点情况统计表',
  short: '统计表',
  rules: [
    sumOf({ key: 'licences', short: '许可总数' }, [
      { key: 'freeLicences', short: '免费' },
      { key: 'paidLicences', short: '收费' },
    ]),
    zeroWithout({ key: 'paidAmount', short: '金额' }, { key: 'paidLicences', short: '收费许可' }),
    listedWithin({ key: 'patents', short: '专利' }, { name: 'project', short: '项目清单', numbers: 'patentNumbers' }),
    pairs({ key: 'platforms', short: '平台' }, { key: 'platformUrls', short: '网址' }),
  ],
  sheet: statisticsSheet,
  bulletin: statisticsBulletin,
})
export class Statistics extends FiguresRow {
  @Figure({
    name: '高校、科研院所数量',
    short: '高校院所',
    unit: '家',
    synonyms: ['高校', '院所', '科研院所', '高校科研院所', '大学', '院校', '研究所', '科研机构'],
    question: '参与高校院所',
    help: '参与试点、提出开放许可的专利权人中，高校和科研院所的家数，从试点开始累计，一家只算一次。',
    cumulative: true,
  })
  institutes!: number | null;

  @Figure({
    name: '企业数量',
    short: '企业',
    unit: '家',
    synonyms: ['参与企业', '企业数', '公司', '专利权人企业'],
    question: '参与企业',
    help: '参与试点、提出开放许可的专利权人中，企业的家数，从试点开始累计。获得推送的中小微企业另填一项。',
    cumulative: true,
  })
  enterprises!: number | null;

  @Figure({
    name: '已进行开放许可专利数量',
    short: '专利',
    unit: '件',
    synonyms: ['开放许可专利', '专利数', '专利数量', '开放专利', '许可专利', '专利件数'],
    question: '开放许可专利',
    help: '已经提出开放许可的专利件数，从试点开始累计。',
    cumulative: true,
  })
  patents!: number | null;

  @Text({
    name: '开放许可试点信息发布平台名称',
    short: '平台',
    synonyms: ['平台名称', '发布平台', '信息发布平台', '信息平台'],
    question: '发布平台名称',
    help: '发布开放许可信息的平台名称，有几个写几个，用顿号分开。',
    many: true,
    maxLength: 100,
  })
  platforms!: string | null;

  @Text({
    name: '开放许可试点信息发布平台网址',
    short: '网址',
    synonyms: ['平台网址', '地址', '网站', '链接', '平台地址'],
    question: '平台网址',
    help: '每个平台一个网址，与平台名称的顺序对应。',
    goesWith: 'platforms',
    many: true,
    maxLength: 200,
    format: 'url',
  })
  platformUrls!: string | null;

  @Figure({
    name: '匹配推送后惠及的中小微企业数量',
    short: '推送中小微',
    unit: '家',
    synonyms: [
      '中小微',
      '中小微企业',
      '推送中小微企业',
      '推送',
      '推送企业',
      '推送企业数',
      '推送数',
      '惠及',
      '惠及企业',
      '惠及中小微企业',
      '小微企业',
    ],
    question: '推送中小微企业',
    help: '把开放许可信息匹配推送后惠及的中小微企业家数，从试点开始累计；同一家企业多次推送只算一家。',
    cumulative: true,
  })
  smallFirms!: number | null;

  @Figure({
    name: '达成许可总数',
    short: '许可',
    unit: '项',
    synonyms: ['许可总数', '达成许可', '许可数', '许可项目'],
    help: '由项目清单（附件2）得出，一份合同算一项，不必填写。',
    cumulative: true,
    derived: { list: 'project', compute: countOf(() => true) },
  })
  licences!: number | null;

  @Figure({
    name: '其中,达成免费许可总数',
    short: '免费',
    unit: '项',
    synonyms: ['免费许可', '免费许可数', '免费项目'],
    help: '由项目清单得出：支付方式为免费的项目数。使用费为0的提成项目不算免费。',
    cumulative: true,
    derived: { list: 'project', compute: countOf(isFree) },
  })
  freeLicences!: number | null;

  @Figure({
    name: '其中,达成收费许可总数',
    short: '付费',
    unit: '项',
    synonyms: ['收费', '收费许可', '付费许可', '收费许可数', '收费项目', '付费项目'],
    help: '由项目清单得出：固定金额、入门费+提成、提成的项目数。',
    cumulative: true,
    derived: { list: 'project', compute: countOf((row) => !isFree(row)) },
  })
  paidLicences!: number | null;

  @Amount({
    name: '达成收费许可的总金额(按固定或可折算金额方式进行支付,单位:万元)',
    short: '金额',
    synonyms: ['总金额', '许可金额', '收费金额', '付费金额', '合同金额', '费用', '许可费'],
    help: '由项目清单得出：各项目使用费之和（万元）。入门费+提成只计入门费，提成计0。',
    cumulative: true,
    derived: { list: 'project', compute: totalFee, countedBy: 'paidLicences' },
  })
  paidAmount!: string | null;
}
