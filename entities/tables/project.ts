/** 附件2 专利开放许可试点达成项目清单: columns, order and rules of the notice (信市监〔2023〕56号). */
import { Amount, type FieldsOf, OneOf, PatentNumbers, Table, Text } from '../../src/table/declare';
import { ListRow } from '../../src/table/stored';
import { projectSheet } from './project-layout';
import { hasRoyalty, isPaidUpFront, paymentKindOf, royaltyNeedsRemark, unpaidHasNoFee } from './project-rules';

export type ProjectField = FieldsOf<Project, ListRow>;

@Table<ProjectField>({
  name: 'project',
  attachment: '附件2',
  title: '专利开放许可试点达成项目清单',
  short: '项目清单',
  shape: 'list',
  rules: [unpaidHasNoFee, royaltyNeedsRemark],
  sheet: projectSheet,
  bulletin: { totals: [] },
})
export class Project extends ListRow {
  @Text({
    name: '达成许可的专利权人名称',
    short: '许可方',
    synonyms: ['专利权人', '许可人', '权利人', '专利权人名称'],
    question: '许可方（专利权人）',
    help: '专利权人的全称，如“豫南大学”。',
  })
  licensor!: string | null;

  @Text({
    name: '达成许可的被许可人名称',
    short: '被许可方',
    synonyms: ['被许可人', '实施人', '受让方', '被许可人名称'],
    question: '被许可方',
    help: '使用专利的一方的全称，如“恒通公司”。',
  })
  licensee!: string | null;

  @PatentNumbers({
    name: '达成许可涉及专利的专利号*',
    short: '专利号',
    unit: '件',
    synonyms: ['专利号码', '专利编号'],
    question: '专利号（可一次发多个）',
    help: '以ZL开头，如 ZL202110234567.5；一份合同涉及几件专利就写几个。CN开头、B结尾的是公告号，不是专利号。',
  })
  patentNumbers!: string | null;

  @OneOf({
    name: '支付方式',
    short: '支付方式',
    synonyms: ['付费方式', '收费方式', '付款方式'],
    question: '支付方式',
    inferred: paymentKindOf,
    help: '免费的，金额填0；固定金额按合同填；入门费+提成，金额只填入门费，备注写明提成；纯提成，金额填0并备注。',
    options: [
      { value: 'free', label: '免费', synonyms: ['无偿', '不收费', '零费用', '不要钱', '不收钱', '不花钱', '没收费'] },
      {
        value: 'fixed',
        label: '固定金额',
        synonyms: ['一次性', '固定', '一口价', '买断', '一次付清', '一次性付清', '一次性支付', '一次性付费'],
      },
      { value: 'entry_royalty', label: '入门费+提成', synonyms: ['入门费加提成', '入门费和提成'] },
      { value: 'royalty', label: '提成', synonyms: ['纯提成', '只提成', '按销售额提成', '分成', '抽成'] },
    ],
  })
  paymentKind!: string | null;

  @Amount({
    name: '达成许可的使用费金额*（万元）',
    short: '使用费',
    synonyms: ['金额', '费用', '入门费', '许可费', '使用费金额', '付费', '收费'],
    when: { holds: isPaidUpFront, otherwise: '0' },
    help: '单位万元。免费填0；入门费+提成只填入门费，备注写明提成；纯提成填0并备注。',
  })
  fee!: string | null;

  @Text({
    name: '备注',
    short: '备注',
    synonyms: ['说明'],
    question: '备注（写明怎么提成，如“销售额3%提成”）',
    when: { holds: hasRoyalty, otherwise: null },
    help: '有提成的必须写明怎么提成，如“销售额3%提成”。',
    required: false,
  })
  remark!: string | null;
}
