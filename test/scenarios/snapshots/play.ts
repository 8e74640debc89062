/** Plays the walks through the scenarios in the trial, for what the bot says there. */
import { IsNull } from 'typeorm';
import { OutboxMessage } from '../../../entities/outbox-message';
import type { ChatKind } from '../../../src/channels/channel';
import type { Content } from '../../../src/channels/content';
import { embedded } from '../../support/databases';
import { type Office, startOffice } from '../harness';
import type { Step, Walk } from '../walks';

export interface Reply {
  /** `zhangsan：上报` to what was said; `→ keyuan` when nobody in that chat had said anything. */
  readonly to: string;
  readonly kind: ChatKind;
  readonly isAnswer: boolean;
  readonly content: Content;
}

/** Of replies that are the same, the first. */
export async function play({ said, hasNewProjects }: Walk): Promise<readonly Reply[]> {
  const office = await startOffice(embedded);
  const replies = new Map<string, Reply>();
  const keep = (reply: Reply) => {
    const key = JSON.stringify([reply.kind, reply.isAnswer, reply.isAnswer ? withoutIds(reply) : withoutNames(reply)]);
    if (!replies.has(key)) replies.set(key, reply);
  };
  try {
    if (hasNewProjects) await office.addProjects('GS', 1, ['5', '6.7']);
    for (const step of said) {
      const reply = await take(office, step);
      if (reply) keep(reply);
    }
    for (const reply of await told(office)) keep(reply);
  } finally {
    await office.close();
  }
  return [...replies.values()];
}

async function take(office: Office, step: Step): Promise<Reply | null> {
  if ('until' in step) {
    await office.moveClock(step.until);
    return null;
  }
  if ('file' in step) {
    const content = await office.upload(step.who, step.file, await step.bytes());
    return { to: `${step.who}：［${step.file}］`, kind: 'private', isAnswer: true, content };
  }
  if ('group' in step) {
    const { who, group, text } = step;
    return {
      to: `${who} 在群里：${text}`,
      kind: 'group',
      isAnswer: true,
      content: await office.say(who, text, { group }),
    };
  }
  const [who, text] = step;
  return { to: `${who}：${text}`, kind: 'private', isAnswer: true, content: await office.say(who, text) };
}

/** What the bot said of its own accord, to people and groups. */
async function told(office: Office): Promise<readonly Reply[]> {
  await office.app.sender.drain(5_000);
  const rows = await office.rows(OutboxMessage, { inboundId: IsNull(), status: 'sent' });
  return rows.map(({ chatKind, chatId, content }) => ({ to: `→ ${chatId}`, kind: chatKind, isAnswer: false, content }));
}

/** The same file is stored anew for each who gets it. */
const withoutIds = ({ content: { blocks, choices } }: Reply): string =>
  JSON.stringify([blocks.map((block) => ('fileId' in block ? { ...block, fileId: 0 } : block)), choices]);

/** Every county is reminded in the same words. */
const withoutNames = (reply: Reply): string =>
  withoutIds(reply)
    .replaceAll(/\p{Script=Han}{1,2}[县区]/gu, '某县')
    .replaceAll(/\d+/g, '0');
