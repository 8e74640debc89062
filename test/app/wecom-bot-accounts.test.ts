/**
 * Whoever speaks to WeCom's smart robot is known by their account, however WeCom writes their id: to colleagues at the same
 * report, to the upload page, to staff, and when they register.
 */
import { Conversation } from '../../entities/conversation';
import { Identity } from '../../entities/identity';
import { OutboxMessage } from '../../entities/outbox-message';
import { Registration } from '../../entities/registration';
import { exported } from '../sheets/forms';
import type { RosterLine } from '../support/service';
import { type CalledRobot, type LongRobot, startCalledRobot, startLongRobot } from './robots';

const roster: readonly RosterLine[] = [
  ['罗山县', '王五', '联络员', 'WangWu'],
  ['罗山县', '赵六', '副联络员', 'ZhaoLiu'],
  ['信阳市市场监督管理局', '科员甲', '市局人员', 'StaffA'],
];
const june = '罗山6月：高校院所3家，企业十六家，专利七十件，平台、网址没变，推送中小微500家';

async function openOf({ service }: CalledRobot | LongRobot, from: string): Promise<unknown> {
  const [conversation] = await service.rows(Conversation, { chatId: from });
  return (conversation?.state as { open: unknown } | undefined)?.open;
}

describe('behind a callback address', () => {
  let robot: CalledRobot;
  beforeEach(async () => {
    robot = await startCalledRobot(roster, { PUBLIC_URL: 'https://bot.example.gov.cn' });
  });
  afterEach(() => robot.close());

  it('a colleague at the same report is told of its submission by the way that the last message left open', async () => {
    await robot.say('WangWu', june);
    await robot.say('ZhaoLiu', '上报');
    await robot.say('ZhaoLiu', '企业28', { responseUrl: robot.web.responseUrl() });
    expect(await robot.say('WangWu', '确认')).toContain('LS-202506-01');
    expect(await robot.web.until(() => robot.web.posted[0])).toMatch(/王五已提交.*企业28.*更正草稿/s);
    expect(await openOf(robot, 'ZhaoLiu')).toBeNull();
  });

  it('a colleague who cannot be told is named to staff, and the report is closed all the same', async () => {
    await robot.say('WangWu', june);
    await robot.say('ZhaoLiu', '上报');
    await robot.say('WangWu', '确认');
    await robot.service.tick();
    expect(await openOf(robot, 'ZhaoLiu')).toBeNull();
    expect(await robot.say('StaffA', '未送达')).toMatch(/通知 → 赵六/);
  });

  it('the upload page takes a file from whoever asked for it', async () => {
    const [, path = ''] =
      /https:\/\/bot\.example\.gov\.cn(\/upload\/[\w-]+)/.exec(await robot.say('WangWu', '上传')) ?? [];
    const body = new FormData();
    const sheet = await exported({ institutes: '3', enterprises: '16' }, [], { scope: '罗山县' });
    body.set('file', new Blob([new Uint8Array(sheet)]), '罗山县6月.xlsx');
    const response = await fetch(`${robot.service.url}${path}`, { method: 'POST', body });
    expect(await response.text()).toMatch(/高校院所3家/);
  });
});

describe('on the long connection', () => {
  let robot: LongRobot;
  beforeEach(async () => {
    robot = await startLongRobot(roster);
  });
  afterEach(() => robot.close());

  const told = (chat: string) => robot.gateway.pushed.filter((pushed) => pushed.chat === chat).map(({ text }) => text);

  it('a colleague at the same report is told of its submission', async () => {
    await robot.say('WangWu', june);
    await robot.say('ZhaoLiu', '上报');
    await robot.say('ZhaoLiu', '企业28');
    expect(await robot.say('WangWu', '确认')).toContain('LS-202506-01');
    expect(await robot.gateway.until(() => told('ZhaoLiu')[0])).toMatch(/王五已提交.*企业28.*更正草稿/s);
    expect(await openOf(robot, 'ZhaoLiu')).toBeNull();
  });

  it('whoever registers has one account of the platform, and is reminded once', async () => {
    const details = '我是新县市场监管局钱多多，科员，办公电话0376-8888123，手机13800138000，邮箱qian@example.cn';
    expect(await robot.say('QianDuoduo', details)).toMatch(/审核/);
    expect(await robot.service.rows(Registration)).toMatchObject([{ channel: 'wecom', userId: 'qianduoduo' }]);
    expect(await robot.say('StaffA', '通过 新县 钱多多')).toMatch(/已通过/);
    expect(await robot.service.rows(Identity, { userId: 'qianduoduo' })).toMatchObject([{ channel: 'wecom' }]);
    await robot.gateway.until(() => told('QianDuoduo').length > 0);
    const before = told('QianDuoduo').length;
    await robot.service.tick('2025-07-02T10:00:30+08:00');
    const reminders = await robot.service.rows(OutboxMessage, { purpose: 'reminder', chatId: 'qianduoduo' });
    expect(reminders).toMatchObject([{ channel: 'wecom', status: 'sent' }]);
    expect(told('QianDuoduo')).toHaveLength(before + 1);
  });
});
