/** WeCom delivers a tap once only (path 101027): what cannot be stored at once is tried again, and nothing is lost unsaid. */
import type { Answer } from '../../../src/channels/channel';
import { say } from '../../../src/channels/content';
import { tapOf } from '../../platforms/wecom-bot/callbacks';
import { type Meeting, meet } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(async () => {
  await meeting.end();
});

const from = 'ZhangSan';
const answer: Answer = { content: say(['好']), settle: () => undefined };

/** The database is away for the first so many tries. */
async function failFirst(times: number): Promise<void> {
  let tries = 0;
  await meeting.start(async () => {
    tries += 1;
    if (tries <= times) throw new Error('the database is away');
    return answer;
  });
}

async function tap(chosen: string, waitsMs: readonly number[], responseUrl?: string) {
  const delivered = meeting.deliver({ from, said: tapOf('task-1', chosen), ...(responseUrl && { responseUrl }) });
  for (const waitMs of waitsMs) {
    await meeting.time.untilWaiting(waitMs);
    meeting.time.advance(waitMs);
  }
  return (await delivered).shown?.card;
}

it('is stored when the database is back in time', async () => {
  await failFirst(2);
  expect(await tap('确认', [300, 700])).toMatchObject({ title: '已选：确认', subTitle: '好' });
});

it.each([
  ['确认', '确认'],
  ['把这一项改成不适用并说明', '再点一次'],
])('asks to be tapped again when it was not stored, under the button %s', async (chosen, label) => {
  await failFirst(9);
  expect(await tap(chosen, [300, 700, 1_500])).toMatchObject({
    type: 'button_interaction',
    taskId: 'task-1',
    title: '没有记下，请再点一次',
    buttons: [[label, chosen]],
  });
});

it('says afterwards that it was lost, when WeCom could not wait for that', async () => {
  const away = new Error('the database is away');
  let fail: (reason: Error) => void = () => undefined;
  let tries = 0;
  const heard = new Promise((hear) => {
    void meeting.start(async () => {
      tries += 1;
      if (tries > 1) throw away;
      return new Promise((_, reject) => {
        fail = reject;
        hear(null);
      });
    });
  });
  const tapped = tap('确认', [], meeting.web.responseUrl());
  await heard;
  await meeting.time.untilWaiting(4_500);
  meeting.time.advance(4_500);
  expect(await tapped).toMatchObject({ title: '已选：确认' });
  fail(away);
  for (const waitMs of [300, 700, 1_500]) {
    await meeting.time.untilWaiting(waitMs);
    meeting.time.advance(waitMs);
  }
  expect(await meeting.web.until(() => meeting.web.posted[0])).toContain('没有记下');
  expect(await meeting.end()).toContain('wecom_bot.not_stored');
  meeting = await meet();
});
