/**
 * A platform's column of the snapshots: every reply of every walk goes through the real channel to the platform's double,
 * and what the double shows is kept, so that a change of wording or of rendering is seen before anybody reads it in a chat.
 */
import type { Outbound, OutboundFile } from '../../../src/channels/channel';
import type { Content } from '../../../src/channels/content';
import { type Walk, walks } from '../walks';
import { play, type Reply } from './play';

/** The ways in which a platform may carry a reply, each with what people then see, message by message. */
export type Shown = Readonly<Record<string, readonly string[]>>;

/** A channel beside its double. */
export interface Stage {
  /** Nothing for replies that this platform never gets. */
  show(reply: Reply, number: number): Promise<Shown>;
  /** Ends both; rejects when the double was given what it would not have shown. */
  end(): Promise<unknown>;
}

/** Stages whose ways are shown together. */
export async function besides(opening: readonly Promise<Stage>[]): Promise<Stage> {
  const stages = await Promise.all(opening);
  return {
    async show(reply, number) {
      const shown: Shown[] = [];
      for (const stage of stages) shown.push(await stage.show(reply, number));
      return Object.assign({}, ...shown);
    },
    end: () => Promise.all(stages.map((stage) => stage.end())),
  };
}

/** @param played walks of which this platform gets something. */
export function describeColumn(name: string, open: () => Promise<Stage>, played: readonly Walk[] = walks): void {
  describe(name, () => {
    let stage: Stage;
    let number = 0;
    beforeAll(async () => {
      stage = await open();
    });
    afterAll(() => stage.end());

    it.each(played)('shows scenario $scenario', async (walk) => {
      const drawn: string[] = [];
      for (const reply of await play(walk)) {
        number += 1;
        drawn.push(...draw(reply, await stage.show(withOwnFiles(reply, number), number)));
      }
      expect(steady(drawn.join('\n'))).toMatchSnapshot();
    });
  });
}

/** Each walk counts its files from one; a channel that has uploaded a file does not ask for it again. */
function withOwnFiles(reply: Reply, number: number): Reply {
  const blocks = reply.content.blocks.map((block) =>
    'fileId' in block ? { ...block, fileId: number * 1000 + block.fileId } : block,
  );
  return { ...reply, content: { ...reply.content, blocks } };
}

/** What several ways show alike stands once; what shows more than another stands as what it adds. */
function draw({ to }: Reply, shown: Shown): readonly string[] {
  const seen = new Map<string, string[]>();
  for (const [way, messages] of Object.entries(shown)) {
    const what = JSON.stringify(messages);
    seen.set(what, [...(seen.get(what) ?? []), way]);
  }
  const different = [...seen].map(([what, ways]) => ({
    ways: ways.join('，'),
    messages: JSON.parse(what) as string[],
  }));
  different.sort((a, b) => a.messages.length - b.messages.length);
  const [first] = different;
  const drawn = different.flatMap((each) => drawMessages(each, each === first ? null : (first ?? null)));
  return drawn.length > 0 ? [`━━ ${to}`, ...drawn, ''] : [];
}

interface Drawable {
  readonly ways: string;
  readonly messages: readonly string[];
}

function drawMessages({ ways, messages }: Drawable, less: Drawable | null): readonly string[] {
  const isMore = less?.messages.every((message, index) => message === messages[index]) ?? false;
  const more = isMore ? messages.slice(less?.messages.length) : messages;
  return [`── ${ways}${isMore ? `：同“${less?.ways}”，另有` : ''}`, more.join('\n······\n')];
}

/** The trial's clock runs on from half past nine. */
const steady = (drawn: string) => drawn.replaceAll(/09:3\d/g, '09:30');

export const buttonLine = (labels: readonly string[]): readonly string[] =>
  labels.length > 0 ? [labels.map((label) => `［${label}］`).join(' ')] : [];

/** What a channel is given to send a reply, number after number. */
export function outboundOf({ content }: Reply, chat: Outbound['chat'], number: number): Outbound {
  const id = String(number);
  return {
    id,
    chat,
    content,
    replyVia: null,
    gone: 0,
    went: () => undefined,
    load: async (fileId) => fileIn(content, fileId),
  };
}

/** A picture of one pixel, or a few bytes that begin like a workbook. */
function fileIn({ blocks }: Content, fileId: number): OutboundFile {
  const block = blocks.find((each) => 'fileId' in each && each.fileId === fileId);
  if (block?.kind === 'image') return { name: block.name, mediaType: 'image/png', bytes: Buffer.from(pixel, 'base64') };
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { name: block?.kind === 'file' ? block.name : '', mediaType, bytes: Buffer.from('PK\x03\x04 a workbook') };
}

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export const hasFiles = ({ blocks }: Content): boolean => blocks.some((block) => 'fileId' in block);
