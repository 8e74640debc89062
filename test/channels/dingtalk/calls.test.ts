import type { Outbound } from '../../../src/channels/channel';
import { file, say } from '../../../src/channels/content';
import type { Handling } from '../../platforms/dingtalk/http';
import { now, type Rig, startRig } from './setup';

const batchSend = '/v1.0/robot/oToMessages/batchSend';
const refusal = (code: string): Handling => ({ status: 403, body: { code, message: 'no', requestid: 'r' } });
const spent = refusal('Forbidden.AccessDenied.ApiCountLimitForOrg');

let rig: Rig;
let counted: number;
beforeEach(async () => {
  counted = 0;
  rig = await startRig(undefined, {}, { count: () => (counted += 1) });
});
afterEach(() => rig.close());

const minutesLater = (minutes: number) => rig.clock.set(new Date(now.getTime() + minutes * 60_000));
const made = () => rig.platform.calls.filter((path) => path === batchSend).length;

describe('of the month’s calls', () => {
  it.each<[string, number, (here: Rig) => Promise<Partial<Outbound>>]>([
    ['a message takes', 1, async () => ({})],
    ['a file takes', 2, async () => ({ content: say([file(1, '附件1.xlsx')]) })],
    ['an answer through the session takes', 0, async (here) => ({ replyVia: await here.replyVia('manager7') })],
    ['a refused message takes', 1, async (here) => refused(here, refusal('staffId.notExisted'))],
    ['one without an answer takes perhaps', 1, async (here) => refused(here, 'drop')],
    ['one over the rate takes', 0, async (here) => refused(here, refusal('Forbidden.AccessDenied.QpsLimitForApi'))],
    ['one over the month takes', 0, async (here) => refused(here, spent)],
  ])('%s %d', async (_, calls, prepare) => {
    await rig.send(await prepare(rig));
    expect(counted).toBe(calls);
  });

  async function refused(here: Rig, handling: Handling): Promise<Partial<Outbound>> {
    here.platform.failNext(batchSend, handling);
    return {};
  }
});

describe('when the month’s calls are used up', () => {
  beforeEach(async () => {
    rig.platform.failNext(batchSend, spent);
    await rig.send({});
  });

  it('messages fail at once and alike for an hour, and are tried again after it', async () => {
    const failure = { code: 'dingtalk.Forbidden.AccessDenied.ApiCountLimitForOrg', retryable: false, unknown: false };
    minutesLater(59);
    expect(await rig.send({})).toMatchObject({ ok: false, failure });
    expect(made()).toBe(1);
    minutesLater(60);
    expect(await rig.send({})).toEqual({ ok: true });
    expect(made()).toBe(2);
  });

  it('answers through the session go on', async () => {
    expect(await rig.send({ replyVia: await rig.replyVia('manager7') })).toEqual({ ok: true });
  });
});
