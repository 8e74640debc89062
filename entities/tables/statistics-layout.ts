/** 附件1 on paper and in the bulletin, as printed in the notice (信市监〔2023〕56号). */
import type { BulletinLayout } from '../../src/table/bulletin-layout';
import type { SheetLayout } from '../../src/table/sheet-layout';
import type { StatisticsField } from './statistics';

export const statisticsSheet: SheetLayout<StatisticsField> = {
  sheet: '附件1',
  titleLine: '{unit}专利开放许可试点情况统计表(截至 {year}年{month}月底)',
  headLines: ['填报单位(盖章):{unit}', '填报时间:{filed}'],
  columns: [
    {
      title: '参与试点、提出开放许可的专利权人数量',
      children: [
        { title: '高校、科研院所数量', field: 'institutes', width: 12 },
        { title: '企业数量', field: 'enterprises', width: 10 },
      ],
    },
    { title: '已进行开放许可专利数量', field: 'patents', width: 12 },
    { title: '开放许可试点信息发布平台名称', field: 'platforms', width: 22 },
    { title: '开放许可试点信息发布平台网址', field: 'platformUrls', width: 26 },
    { title: '匹配推送后惠及的中小微企业数量', field: 'smallFirms', width: 14 },
    {
      title: '达成许可情况',
      children: [
        { title: '达成许可总数', field: 'licences', width: 10 },
        { title: '其中,达成免费许可总数', field: 'freeLicences', width: 12 },
        { title: '其中,达成收费许可总数', field: 'paidLicences', width: 12 },
        {
          title: '达成收费许可的总金额(按固定或可折算金额方式进行支付,单位:万元)',
          field: 'paidAmount',
          width: 20,
        },
      ],
    },
  ],
  footnote: null,
  landscape: true,
};

export const statisticsBulletin: BulletinLayout<StatisticsField> = {
  totals: [
    'institutes',
    'enterprises',
    'patents',
    'smallFirms',
    'licences',
    'freeLicences',
    'paidLicences',
    'paidAmount',
  ],
};
