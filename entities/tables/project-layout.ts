/** 附件2 on paper, with the notice's footnote in full (信市监〔2023〕56号). */
import type { SheetLayout } from '../../src/table/sheet-layout';
import type { ProjectField } from './project';

export const projectSheet: SheetLayout<ProjectField> = {
  sheet: '附件2',
  titleLine: '{unit}专利开放许可达成项目清单（截至 {year}年{month}月底）',
  headLines: ['填报单位（盖章）：{unit}', '填报时间：{filed}'],
  columns: [
    { title: '达成许可的专利权人名称', field: 'licensor', width: 26 },
    { title: '达成许可的被许可人名称', field: 'licensee', width: 26 },
    { title: '达成许可涉及专利的专利号*', field: 'patentNumbers', width: 24 },
    { title: '达成许可的使用费金额*（万元）', field: 'fee', width: 16 },
    { title: '备注', field: 'remark', width: 28 },
  ],
  footnote:
    '* 注：达成许可的 1 份合同涉及的专利超过 1 件的（即为专利包），请填写所有涉及专利的专利号；达成免费许可时，使用费金额填 0；' +
    '以“入门费+提成”方式进行使用费支付的，使用费金额仅填写入门费金额，同时在备注中注明该支付方式；' +
    '以提成方式进行使用费支付的，使用费金额填 0，同时在备注中注明该支付方式。',
  landscape: true,
};
