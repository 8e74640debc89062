/**
 * DingTalk's side of custom group robots, as strict as the page 自定义机器人发送群消息 says: a real HTTP server that checks
 * token, security settings and size, silences who is too fast for ten minutes, and knows a second copy by its msgUuid.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../../src/clock';
import { calledIn } from '../dingtalk/called';
import { type Call, type Handling, jsonOf, ok, oldError, type Reply, serve } from '../dingtalk/http';

/** A robot with its 安全设置. */
export interface GroupRobot {
  readonly token: string;
  readonly secret?: string;
  readonly keywords?: readonly string[];
  readonly deniesIp?: boolean;
}

export interface ShownInGroup {
  readonly token: string;
  readonly msgtype: string;
  readonly title: string;
  readonly text: string;
  readonly called: readonly string[];
}

export interface DingtalkGroups {
  readonly url: string;
  readonly shown: readonly ShownInGroup[];
  /** How many calls there were, those that failed included. */
  readonly calls: readonly string[];
  addressOf(token: string): string;
  /** The next call is not looked at; `taken` does what it asks and never answers. */
  failNext(handling: Handling | 'taken'): void;
  close(): Promise<void>;
}

const sendPath = '/robot/send';
const bodyLimitBytes = 20_000;
const silenceMs = 600_000;

export async function startDingtalkGroups(known: readonly GroupRobot[], clock: Clock): Promise<DingtalkGroups> {
  const robots = new Robots(known, clock);
  const calls: string[] = [];
  const failures: (Handling | 'taken')[] = [];
  const served = await serve(async (call) => {
    calls.push(call.path);
    const failure = failures.shift();
    if (failure && failure !== 'taken') return failure;
    const reply = robots.answer(call);
    return failure ? 'hang' : reply;
  });
  return {
    url: served.url,
    shown: robots.shown,
    calls,
    addressOf: (token) => `${served.url}${sendPath}?access_token=${token}`,
    failNext: (handling) => void failures.push(handling),
    close: served.close,
  };
}

class Robots {
  readonly shown: ShownInGroup[] = [];
  private readonly taken = new Set<string>();
  private readonly times = new Map<string, number[]>();
  private readonly silentUntil = new Map<string, number>();

  constructor(
    private readonly known: readonly GroupRobot[],
    private readonly clock: Clock,
  ) {}

  answer(call: Call): Reply {
    if (call.path !== sendPath || call.method !== 'POST') return { status: 404, body: '<html>not found</html>' };
    const robot = this.known.find(({ token }) => token === call.query.get('access_token'));
    if (!robot) return oldError(300001, 'token is not exist');
    const message = readBody(call);
    if ('status' in message) return message;
    const doubt = this.findDoubt(robot, call, `${message.title}${message.text}`);
    if (doubt) return oldError(310000, `description:${doubt};solution:请检查安全设置`);
    if (this.isSilenced(robot.token)) return oldError(410100, 'send too fast');
    const { uuid, ...shown } = message;
    if (!this.taken.has(`${robot.token} ${uuid}`)) this.shown.push({ token: robot.token, ...shown });
    if (uuid !== '') this.taken.add(`${robot.token} ${uuid}`);
    // One sample of the page has the errcode as a string.
    return ok({ errcode: '0', errmsg: 'ok' });
  }

  private findDoubt(robot: GroupRobot, { query }: Call, words: string): string | null {
    if (robot.deniesIp) return 'ip 1.2.3.4 not in whitelist';
    if (robot.keywords && !robot.keywords.some((word) => words.includes(word))) return 'keywords not in content';
    const { secret } = robot;
    if (!secret) return null;
    const timestamp = query.get('timestamp') ?? '';
    const isNear = Math.abs(this.clock.now().getTime() - Number(timestamp)) <= 3_600_000;
    if (!/^\d{13}$/.test(timestamp) || !isNear) return 'invalid timestamp';
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    return query.get('sign') === sign ? null : 'sign not match';
  }

  private isSilenced(token: string): boolean {
    const now = this.clock.now().getTime();
    if (now < (this.silentUntil.get(token) ?? 0)) return true;
    const recent = [...(this.times.get(token) ?? []).filter((at) => at > now - 60_000), now];
    this.times.set(token, recent);
    if (recent.length > 20) this.silentUntil.set(token, now + silenceMs);
    return recent.length > 20;
  }
}

type Message = Omit<ShownInGroup, 'token'> & { readonly uuid: string };

function readBody(call: Call): Message | Reply {
  if (!call.headers['content-type']?.startsWith('application/json')) return oldError(43004, 'invalid content-type');
  const body = jsonOf(call);
  if (!body) return oldError(40035, 'not a JSON object');
  if (call.body.length > bodyLimitBytes) return oldError(460101, 'message too long, exceed 20000 bytes');
  const msgtype = String(body['msgtype']);
  if (msgtype !== 'text' && msgtype !== 'markdown') return oldError(400105, 'unsupported msgtype');
  const part = (body[msgtype] ?? {}) as Readonly<Record<string, unknown>>;
  const [title, text] = msgtype === 'text' ? ['', part['content']] : [part['title'], part['text']];
  if (typeof text !== 'string' || text === '' || typeof title !== 'string') return oldError(40035, 'miss param');
  if (msgtype === 'markdown' && title === '') return oldError(40035, 'miss param : markdown->title');
  const called = calledIn(body, text);
  if (!called) return oldError(40035, 'invalid at');
  return { msgtype, title, text, called, uuid: String(body['msgUuid'] ?? '') };
}
