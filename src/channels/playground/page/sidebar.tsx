/** Who I am speaking as, and my chats with their last line. */
import type { Block } from '../../content';
import type { ChatRef, PlaygroundMessage, PlaygroundPerson, PlaygroundState } from '../wire';
import type { Actions } from './actions';
import { BotAvatar, GroupAvatar } from './avatar';
import { listTimeText } from './format';
import { ThemeIcon } from './icons';
import { SpeakerSwitch } from './speaker-switch';
import { chatKey, type PageState, privateChat, shownChat } from './state';
import { switchTheme } from './theme';

interface SidebarProps {
  readonly state: PageState;
  readonly trial: PlaygroundState;
  readonly person: PlaygroundPerson;
  readonly actions: Actions;
}

export function Sidebar({ state, trial, person, actions }: SidebarProps) {
  const shown = shownChat(state);
  const rowOf = (chat: ChatRef, name: string) => {
    const key = chatKey(chat);
    const last = state.messages[key]?.slice(-1)[0];
    const isShown = shown !== null && chatKey(shown) === key;
    const unread = state.unread[key] ?? 0;
    return <ChatRow key={key} {...{ chat, name, last, isShown, unread, actions }} now={trial.clock.now} />;
  };
  return (
    <aside class="side" aria-label="聊天列表">
      <SpeakerSwitch state={state} people={trial.people} person={person} actions={actions} />
      <nav class="chats" data-testid="chats" aria-label="聊天">
        {rowOf(privateChat(person.userId), '报送助手')}
        {trial.groups.map(({ id, name }) => rowOf({ kind: 'group', id }, name))}
      </nav>
      <footer class="note">
        <p>试用环境：单位和人员都是样例，换谁说话、把时间调到哪天都可以。</p>
        <button type="button" class="quiet" aria-label="切换浅色或深色" data-testid="theme" onClick={switchTheme}>
          <ThemeIcon />
        </button>
      </footer>
    </aside>
  );
}

interface ChatRowProps {
  readonly chat: ChatRef;
  readonly name: string;
  readonly last: PlaygroundMessage | undefined;
  readonly now: string;
  readonly isShown: boolean;
  readonly unread: number;
  readonly actions: Actions;
}

function ChatRow({ chat, name, last, now, isShown, unread, actions }: ChatRowProps) {
  return (
    <button
      type="button"
      class="chat-row"
      data-testid={`chat-${chat.kind}`}
      aria-current={isShown ? 'true' : undefined}
      onClick={() => actions.openChat(chat)}
    >
      {chat.kind === 'group' ? <GroupAvatar /> : <BotAvatar />}
      <span class="chat-row-name">{name}</span>
      <span class="chat-row-time">{last && listTimeText(last.at, now)}</span>
      <span class="chat-row-line">{last ? lineOf(last, chat.kind === 'group') : '还没有消息'}</span>
      <UnreadBadge count={unread} />
    </button>
  );
}

export function UnreadBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="unread" data-testid="unread">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">，{count} 条未读</span>
    </span>
  );
}

function lineOf(message: PlaygroundMessage, isGroup: boolean): string {
  const text = message.content.blocks.map(summaryOf).join(' ').slice(0, 60);
  if (!isGroup) return text;
  return `${message.name ?? '报送助手'}：${text}`;
}

function summaryOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return block.text;
    case 'list':
      return block.items.join(' ');
    case 'figures':
      return block.figures.map(({ label, value }) => `${label} ${value}`).join(' ');
    case 'table':
      return '[表格]';
    case 'image':
      return '[图片]';
    case 'file':
      return `[文件] ${block.name}`;
  }
}
