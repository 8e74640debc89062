/** A contact sends the filled-in workbook as a file message, on either platform, and confirms what it would do. */

import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import type { Delivery } from '../platforms/wecom/callbacks';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { exported } from '../sheets/forms';
import { embedded } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys, wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { morningClock, startService } from '../support/service';

const figures = {
  institutes: '3',
  enterprises: '16',
  patents: '70',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '450',
};
const workbook = () => exported(figures, [], { scope: '罗山县' });

it('WeCom: the dry run comes back in the response, and 确认导入 fills the report', async () => {
  const clock = morningClock();
  const platform = await startWecomPlatform({ ...wecomAppKeys, clock });
  const service = await startService(embedded, {
    clock,
    settings: wecomAppSettings(platform.url),
    roster: [['罗山县', '王五', '联络员', 'wangwu']],
  });
  const say = async (message: Partial<Delivery>) => {
    const { reply } = await platform.deliver(`${service.url}/callback/wecom/app`, { from: 'wangwu', ...message });
    return JSON.stringify(reply);
  };
  const mediaId = platform.keepSent('罗山县6月.xlsx', await workbook());
  const told = await say({ fields: { MsgType: 'file', MediaId: mediaId, FileName: '罗山县6月.xlsx' } });
  expect(told).toMatch(/罗山县6月\.xlsx.*统计表.*6项.*确认导入/);
  expect(await say({ text: '确认导入' })).toMatch(/已导入：统计表6项/);
  await service.close();
  await platform.stop();
});

it('DingTalk: the dry run is pushed, and 确认导入 fills the report', async () => {
  const clock = morningClock();
  const platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
  const service = await startService(embedded, {
    clock,
    settings: dingtalkHttpSettings(platform.url),
    roster: [['罗山县', '王五', '联络员', '', 'Manager7788']],
  });
  const say = async (message: object) => {
    const before = platform.sent.length;
    await platform.deliver(`${service.url}/callback/dingtalk/robot`, { from: 'Manager7788', ...message });
    await platform.until(() => platform.sent.length > before);
    return JSON.stringify(platform.sent.at(-1)?.params);
  };
  const content = { downloadCode: platform.keepSent(await workbook()), fileName: '罗山县6月.xlsx' };
  const told = await say({ fields: { msgtype: 'file', text: undefined, content } });
  expect(told).toMatch(/罗山县6月.*统计表.*6项.*确认导入/);
  expect(await say({ text: '确认导入' })).toMatch(/已导入：统计表6项/);
  await service.close();
  await platform.close();
});
