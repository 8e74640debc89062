/** A contact sends the filled-in workbook as a file message, on either platform, and confirms what it would do. */

import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import type { Delivery } from '../platforms/wecom/callbacks';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { exported } from '../sheets/forms';
import { embedded } from '../support/databases';
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
  const keys = {
    corpId: 'wwxinyang2025',
    agentId: 1000002,
    secret: 'theSecretOfTheApp',
    token: 'tok3nOfTheCallback',
    encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
  };
  const platform = await startWecomPlatform({ ...keys, clock });
  const service = await startService(embedded, {
    clock,
    settings: {
      WECOM_CORP_ID: keys.corpId,
      WECOM_AGENT_ID: String(keys.agentId),
      WECOM_SECRET: keys.secret,
      WECOM_TOKEN: keys.token,
      WECOM_ENCODING_AES_KEY: keys.encodingAesKey,
      WECOM_API_URL: platform.url,
    },
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
  const keys = { clientId: 'dingclient2025', clientSecret: 'theSecretOfTheRobot', robotCode: 'dingrobot2025' };
  const platform = await startDingtalkPlatform({ ...keys, clock });
  const service = await startService(embedded, {
    clock,
    settings: {
      DINGTALK_CLIENT_ID: keys.clientId,
      DINGTALK_CLIENT_SECRET: keys.clientSecret,
      DINGTALK_ROBOT_CODE: keys.robotCode,
      DINGTALK_MODE: 'http',
      DINGTALK_API_URL: platform.url,
      DINGTALK_OAPI_URL: platform.url,
    },
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
