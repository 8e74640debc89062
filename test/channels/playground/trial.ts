/** A trial around the playground for its tests: a few people, a group, and a bot that answers in every kind of block. */

import type { Answer, Channel, Chat, Inbound, OutboundFile } from '../../../src/channels/channel';
import { type Block, type Content, figures, file, heading, list, say, table } from '../../../src/channels/content';
import type { PlaygroundHost } from '../../../src/channels/playground/host';
import { createPlayground } from '../../../src/channels/playground/playground';
import type { PlaygroundMessage } from '../../../src/channels/playground/wire';
import { MovableClock } from '../../../src/clock';
import { createLog } from '../../../src/log';
import { problems } from '../../../src/problems';
import { type Mounted, mountRoutes } from '../../support/mount';

export const people = [
  { userId: 'zhang', name: '张三', role: '联络员', unit: '光山县市场监督管理局' },
  { userId: 'wang', name: '王五', role: '联络员', unit: '罗山县市场监督管理局' },
  { userId: 'ke', name: '科员甲', role: '市局人员', unit: '信阳市市场监督管理局' },
  { userId: 'ju', name: '局长甲', role: '市局领导', unit: '信阳市市场监督管理局' },
  { userId: 'xin', name: '赵六', role: '未登记', unit: '' },
] as const;

export const groups = [{ id: 'work', name: '专利开放许可工作群' }] as const;

const picture = { name: '走势.png', mediaType: 'image/png' };
/** One transparent pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export const everyBlock: readonly Block[] = [
  heading('光山县 2025年6月'),
  { kind: 'text', text: '截至6月30日累计，<b>尚未提交</b>。' },
  figures([
    { label: '参与企业', value: '27', before: '24', change: '+3' },
    { label: '许可项目', value: '13', before: '15', change: '-2' },
    { label: '平台', value: '省知识产权交易平台', before: null, change: '不变' },
  ]),
  list(['核对数字', '回“确认”提交'], true),
  table(
    ['许可方', '被许可方', '专利号', '使用费（万元）', '支付方式', '备注'],
    [['信阳师范大学', '恒通公司', 'ZL202310000001.2', '2.9', '入门费+提成', '提成按销售额']],
  ),
  { kind: 'image', fileId: 8, name: '走势.png' },
  file(7, '光山县开放许可项目清单（2025年6月）.xlsx'),
];

/** What the fake bot says to each word; to anything else it says the same back. */
const answers: Readonly<Record<string, Content>> = {
  上报: say(everyBlock, ['确认', { label: '改一项', text: '修改' }]),
  确认: say(['已提交，按时。回执 GS-202506-01']),
};

export interface Trial {
  readonly channel: Channel;
  readonly mounted: Mounted;
  readonly heard: readonly Inbound[];
  readonly settled: readonly boolean[];
  /** While true, whatever the bot hears is lost with a fault. */
  setBroken(isBroken: boolean): void;
  /** The bot thinks until the returned function is called. */
  holdAnswers(): () => void;
  /** The bot speaks by itself. */
  push(chat: Omit<Chat, 'channel'>, content: Content): Promise<void>;
  close(): Promise<void>;
}

export async function startTrial(page?: string): Promise<Trial> {
  const clock = new MovableClock();
  const bot = new FakeBot();
  const memory = new Memory(clock);
  const channel = createPlayground(memory, clock, createLog('silent'), page);
  const push: Trial['push'] = async (chat, content) => {
    const id = memory.keep(chat.id, { from: 'bot', userId: null, name: null, content });
    const progress = { gone: 0, went: () => undefined };
    const to = { channel: 'playground', ...chat };
    await channel.send({ id, chat: to, content, replyVia: null, ...progress, load: memory.load });
  };
  memory.onDue = () => push({ kind: 'group', id: 'work' }, say(['进度：17个县区已报5个']));
  await channel.start(async (inbound) => {
    const answer = await bot.hear(inbound);
    memory.keep(inbound.chat.id, { from: 'bot', userId: null, name: null, content: answer.content });
    return answer;
  });
  // The small server of the tests compares whole paths.
  const mounted = await mountRoutes(
    channel.routes.flatMap((route) => ['7', '8', '9'].map((id) => ({ ...route, path: route.path.replace(':id', id) }))),
  );
  const close = async () => {
    await channel.stop();
    await mounted.close();
  };
  return { channel, mounted, heard: bot.heard, settled: bot.settled, push, close, ...bot.controls() };
}

class FakeBot {
  readonly heard: Inbound[] = [];
  readonly settled: boolean[] = [];
  private isBroken = false;
  private gate: Promise<void> = Promise.resolve();

  async hear(inbound: Inbound): Promise<Answer> {
    if (this.isBroken) throw new Error('nothing was stored');
    this.heard.push(inbound);
    await this.gate;
    const text = inbound.content.kind === 'text' ? inbound.content.text : '';
    return { content: answers[text] ?? say([`收到：${text}`]), settle: (delivered) => this.settled.push(delivered) };
  }

  controls(): Pick<Trial, 'setBroken' | 'holdAnswers'> {
    return {
      setBroken: (isBroken) => {
        this.isBroken = isBroken;
      },
      holdAnswers: () => {
        let open = () => {};
        this.gate = new Promise((resolve) => {
          open = resolve;
        });
        return open;
      },
    };
  }
}

/** Keeps what was said in order; ids of its own, as a database would give them. */
class Memory implements PlaygroundHost {
  onDue: () => Promise<void> = async () => {};
  private readonly said: { chatId: string; message: PlaygroundMessage }[] = [];

  constructor(private readonly clock: MovableClock) {}

  people = async () => people;
  groups = async () => groups;

  async history(chat: Chat, limit: number): Promise<readonly PlaygroundMessage[]> {
    return this.said
      .filter(({ chatId }) => chatId === chat.id)
      .map(({ message }) => message)
      .slice(-limit);
  }

  async record(chat: Chat, { userId, text }: { userId: string; text: string }): Promise<string> {
    const name = people.find((person) => person.userId === userId)?.name ?? null;
    return this.keep(chat.id, { from: 'person', userId, name, content: say([text]) });
  }

  async moveClock(to: Date | null): Promise<void> {
    if (to === null) this.clock.reset();
    else this.clock.set(to);
    await this.onDue();
  }

  load = async (fileId: number): Promise<OutboundFile> => {
    if (fileId === 8) return { ...picture, bytes: Buffer.from(pixel, 'base64') };
    if (fileId === 7)
      return { name: "清单 (6月)'.xlsx", mediaType: 'application/vnd.ms-excel', bytes: Buffer.from('xlsx') };
    throw problems.notFound();
  };

  keep(chatId: string, message: Omit<PlaygroundMessage, 'id' | 'at'>): string {
    const id = String(this.said.length + 1);
    this.said.push({ chatId, message: { ...message, id, at: this.clock.now().toISOString() } });
    return id;
  }
}
