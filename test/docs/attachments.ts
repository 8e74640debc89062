/** The workbooks that people of the manual send, by the name of the file. */
import { sampleReports } from '../../src/trial/sample-reports';
import { exported } from '../sheets/forms';

/** The sample list with 第2项 at 3.9万元, and this month's figures with the number of firms as given. */
function guangshan(enterprises: string): Promise<Buffer> {
  const projects = sampleReports.find(({ unit }) => unit === 'GS')?.projects ?? [];
  return exported(
    {
      ...{ institutes: '4', enterprises, patents: '135', smallFirms: '1020' },
      ...{ platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' },
    },
    projects.map((values) => (values['fee'] === '2.9' ? { ...values, fee: '3.9' } : values)),
  );
}

export const attachments: Readonly<Record<string, () => Promise<Buffer>>> = {
  '光山县6月.xlsx': () => guangshan('约30'),
  '光山县6月改.xlsx': () => guangshan('27'),
};
