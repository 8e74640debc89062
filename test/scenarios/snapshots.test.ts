/**
 * Every reply of the scenarios as each platform shows it, so that a change of wording or of rendering is seen before anybody
 * reads it in a chat. Bulletins go to groups and have their own tests.
 */
import type { Content } from '../../src/channels/content';
import { toRobotApiMessage, toWrittenParts } from '../../src/channels/dingtalk/parts';
import { plainText } from '../../src/channels/plain';
import { splitByBytes } from '../../src/channels/split';
import { choiceCard } from '../../src/channels/wecom/choice-card';
import { textLimitBytes } from '../../src/channels/wecom/passive';
import { answerReply, markdownLimitBytes } from '../../src/channels/wecom-bot/render';
import { embedded } from '../support/databases';
import { startOffice } from './harness';
import { type Walk, walks } from './walks';

interface Reply {
  readonly to: string;
  readonly content: Content;
}

/** Plays a walk on a new office; of replies that are the same, the first. */
async function play({ said, hasNewProjects }: Walk): Promise<readonly Reply[]> {
  const office = await startOffice(embedded);
  const replies = new Map<string, Reply>();
  try {
    if (hasNewProjects) await office.addProjects('GS', 1, ['5', '6.7']);
    for (const [who, text] of said) {
      const content = await office.say(who, text);
      const key = JSON.stringify(content);
      if (!replies.has(key)) replies.set(key, { to: `${who}：${text}`, content });
    }
  } finally {
    await office.close();
  }
  return [...replies.values()];
}

/** A message as its people see it: words, then buttons. */
interface Shown {
  readonly words: readonly string[];
  readonly buttons: readonly string[];
}

const buttonsOf = (card: { readonly button_list: readonly { readonly text: string }[] } | null): readonly string[] =>
  card ? card.button_list.map(({ text }) => `［${text}］`) : [];

const platforms: readonly { readonly name: string; readonly show: (content: Content) => Shown }[] = [
  {
    name: '企业微信 自建应用',
    show: (content) => ({
      words: splitByBytes(plainText(content), textLimitBytes),
      buttons: buttonsOf(choiceCard('1', content.choices)),
    }),
  },
  {
    name: '企业微信 智能机器人',
    show: (content) => {
      const reply = answerReply('1', content, 'private');
      const { content: words } = reply['stream'] as { readonly content: string };
      const card = reply['template_card'] as Parameters<typeof buttonsOf>[0] | undefined;
      return { words: [words], buttons: buttonsOf(card ?? null) };
    },
  },
  {
    name: '钉钉 机器人',
    show: (content) => ({ words: toWrittenParts(content, 'private').map(({ text }) => text), buttons: [] }),
  },
];

function draw({ to, content }: Reply): string {
  const shown = platforms.map(({ name, show }) => {
    const { words, buttons } = show(content);
    return [`── ${name}`, ...words, ...(buttons.length > 0 ? [buttons.join(' ')] : [])].join('\n');
  });
  return [`━━ ${to}`, ...shown].join('\n');
}

/** The trial's clock runs on from half past nine. */
const withoutMinutes = (drawn: string) => drawn.replaceAll(/09:3\d/g, '09:30');

describe.each(walks)('scenario $scenario', (walk) => {
  let replies: readonly Reply[];
  beforeAll(async () => {
    replies = await play(walk);
  });

  it('is answered in these words on each platform', () => {
    expect(withoutMinutes(replies.map(draw).join('\n\n'))).toMatchSnapshot();
  });

  it('is answered with one message that each platform takes', () => {
    const tooLong = replies.filter(({ content }) => {
      const [robotMessage, ...more] = toWrittenParts(content, 'private').map(toRobotApiMessage);
      const stream = answerReply('1', content, 'private')['stream'] as { readonly content: string };
      return (
        Buffer.byteLength(plainText(content)) > textLimitBytes ||
        Buffer.byteLength(stream.content) > markdownLimitBytes ||
        Buffer.byteLength(robotMessage?.msgParam ?? '') > 15_000 ||
        more.length > 0
      );
    });
    expect(tooLong.map(({ to }) => to)).toEqual([]);
  });
});
