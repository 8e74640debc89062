/** What the trial's counties filed for 2025-05: invented figures, with the project lists that bear them out. */
import type { Values } from '../table/definition';

export interface SampleReport {
  /** Code of the unit. */
  readonly unit: string;
  readonly figures: Values;
  readonly projects: readonly Values[];
}

export const samplePeriod = '2025-05';

const platform = { platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' };

const counts = (institutes: number, enterprises: number, patents: number, smallFirms: number): Values => ({
  institutes: String(institutes),
  enterprises: String(enterprises),
  patents: String(patents),
  ...platform,
  smallFirms: String(smallFirms),
});

const project = (licensor: string, licensee: string, patentNumbers: string, payment: Values): Values => ({
  licensor,
  licensee,
  patentNumbers,
  ...payment,
});

const free: Values = { paymentKind: 'free', fee: '0' };
const fixed = (fee: string): Values => ({ paymentKind: 'fixed', fee });
const entryRoyalty = (fee: string, remark: string): Values => ({ paymentKind: 'entry_royalty', fee, remark });
const royalty = (remark: string): Values => ({ paymentKind: 'royalty', fee: '0', remark });

/** 12 projects: 5 free, 7 paid, 36.5万元. */
const guangshan: readonly Values[] = [
  project('豫南大学', '光山县茶香食品有限公司', 'ZL202010234001.8', free),
  project('豫南大学', '恒通公司', 'ZL202110234002.7', fixed('2.9')),
  project('豫南大学', '光山县绿野农业有限公司', 'ZL201920234003.X', free),
  project('信阳农业研究所', '光山县绿野农业有限公司', 'ZL201810123456.5', free),
  project('信阳农业研究所', '大别山油茶有限公司', 'ZL202010567890.X', fixed('5')),
  project('豫光电器有限公司', '光山县照明器材厂', 'ZL202120345671.7', fixed('8')),
  project('豫光电器有限公司', '潢河机电有限公司', 'ZL202120345672.1', fixed('6.6')),
  project('豫光电器有限公司', '淮上五金有限公司', 'ZL202120345673.6', free),
  project('大别山油茶有限公司', '新集粮油有限公司', 'ZL202010567891.4', entryRoyalty('4', '入门费+提成，销售额2%提成')),
  project('光山县羽绒制品有限公司', '弦城服饰有限公司', 'ZL202220111222.0', fixed('10')),
  project('光山县羽绒制品有限公司', '白雀服饰有限公司', 'ZL202220111223.5', royalty('纯提成，销售额3%')),
  project('豫南大学', '弦城服饰有限公司', 'ZL202210998877.9', free),
];

const luoshan: readonly Values[] = [
  project('豫南大学', '罗山县灵山食品有限公司', 'ZL202010778899.5', free),
  project('罗山县机械有限公司', '楠杆农机有限公司', 'ZL202120887766.1', fixed('3.5')),
];

const xinxian: readonly Values[] = [
  project('信阳农业研究所', '新县银杏制品有限公司', 'ZL201910556677.6', free),
  project('新县医药有限公司', '将军红药业有限公司', 'ZL202110443322.3', fixed('12')),
];

export const sampleReports: readonly SampleReport[] = [
  { unit: 'GS', figures: counts(3, 24, 118, 860), projects: guangshan },
  { unit: 'LS', figures: counts(2, 15, 64, 420), projects: luoshan },
  { unit: 'SH', figures: counts(6, 31, 152, 1130), projects: [] },
  { unit: 'PQ', figures: counts(4, 22, 97, 760), projects: [] },
  { unit: 'XX', figures: counts(2, 9, 41, 300), projects: xinxian },
  { unit: 'XI', figures: counts(1, 12, 38, 255), projects: [] },
  { unit: 'SC', figures: counts(1, 8, 26, 190), projects: [] },
  { unit: 'GU', figures: counts(3, 27, 88, 640), projects: [] },
  { unit: 'HC', figures: counts(2, 18, 70, 515), projects: [] },
  { unit: 'HB', figures: counts(1, 7, 22, 160), projects: [] },
];
