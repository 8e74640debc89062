/** One chat: its title, what was said, and the field to say more. */
import { useState } from 'preact/hooks';
import type { ChatRef, PlaygroundPerson, PlaygroundState } from '../wire';
import type { Actions } from './actions';
import { BotAvatar } from './avatar';
import { Composer } from './composer';
import { BackIcon } from './icons';
import { MessageList } from './message-list';
import { chatKey, type PageState } from './state';

export interface ChatViewProps {
  readonly state: PageState;
  readonly trial: PlaygroundState;
  readonly person: PlaygroundPerson;
  readonly chat: ChatRef;
  readonly actions: Actions;
}

export function ChatView({ state, trial, person, chat, actions }: ChatViewProps) {
  const group = chat.kind === 'group' ? trial.groups.find(({ id }) => id === chat.id) : undefined;
  const key = chatKey(chat);
  const messages = state.messages[key];
  const outgoing = state.outgoing.filter((sent) => chatKey(sent.chat) === key && sent.userId === person.userId);
  const { isOver, ...drop } = useDrop((file) => void actions.sendFile(chat, file));
  const title = chat.kind === 'group' ? (group?.name ?? '群聊') : '报送助手';
  return (
    <main class={isOver ? 'chat dropping' : 'chat'} data-testid="chat" {...drop}>
      <header class="chat-head">
        <button type="button" class="back" aria-label="返回" data-testid="back" onClick={() => actions.openChat(null)}>
          <BackIcon />
        </button>
        <h1>{title}</h1>
        <span class="chat-sub">{chat.kind === 'group' ? '群聊' : `与${person.name}的单聊`}</span>
      </header>
      {messages?.length === 0 && outgoing.length === 0 ? (
        <EmptyChat chat={chat} actions={actions} />
      ) : (
        <MessageList messages={messages ?? []} {...{ trial, person, chat, outgoing, actions }} />
      )}
      <Composer chat={chat} actions={actions} />
    </main>
  );
}

/** What makes an element take a file that is dragged onto it. */
function useDrop(take: (file: File | undefined) => void) {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(event.dataTransfer?.types.includes('Files') === true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files[0]);
    },
  };
}

const hints = { private: ['上报', '进度', '帮助'], group: ['进度', '帮助'] } as const;

function EmptyChat({ chat, actions }: { chat: ChatRef; actions: Actions }) {
  return (
    <div class="empty" data-testid="empty">
      <BotAvatar />
      <h2>{chat.kind === 'group' ? '群里还没有消息' : '和我说一声，数就报上去了'}</h2>
      <p>
        {chat.kind === 'group' ? '到点的进度和通报会发到这里。也可以问：' : '像平时聊天一样打字就行。不妨从这里开始：'}
      </p>
      <div class="chips">
        {hints[chat.kind].map((hint) => (
          <button key={hint} type="button" class="chip" onClick={() => void actions.send(chat, hint, true)}>
            {hint}
          </button>
        ))}
      </div>
    </div>
  );
}
