/** What was said in a chat, in order, with times between; the newest answers to tap are alive, older ones are not. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatRef, PlaygroundMessage, PlaygroundPerson, PlaygroundState } from '../wire';
import type { Actions } from './actions';
import { isPause, separatorText } from './format';
import { Message, OutgoingMessage, TypingIndicator } from './message';
import type { Outgoing } from './state';

interface MessageListProps {
  readonly messages: readonly PlaygroundMessage[];
  readonly outgoing: readonly Outgoing[];
  readonly trial: PlaygroundState;
  readonly person: PlaygroundPerson;
  readonly chat: ChatRef;
  readonly actions: Actions;
}

export function MessageList({ messages, outgoing, trial, person, chat, actions }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAnswering = outgoing.some((sent) => sent.mention && sent.status !== 'failed');
  const newestOfBot = messages.filter(({ from }) => from === 'bot').pop();
  // The scroller runs from the bottom up (column-reverse), so that pictures that load later do not push the end away.
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [outgoing.length > 0]);
  return (
    <section class="messages" ref={scroller} aria-label="聊天记录">
      <div class="messages-inner" role="log" aria-live="polite" data-testid="messages">
        {messages.map((message, index) => (
          <Entry
            key={message.id}
            {...{ message, trial, chat, actions }}
            earlier={messages[index - 1]}
            isMine={message.from === 'person' && message.userId === person.userId}
            isLive={message === newestOfBot && !isAnswering}
          />
        ))}
        {outgoing.map((sent) => (
          <OutgoingMessage key={sent.key} sent={sent} person={person} actions={actions} />
        ))}
        {isAnswering && <TypingIndicator />}
      </div>
    </section>
  );
}

interface EntryProps {
  readonly message: PlaygroundMessage;
  readonly earlier: PlaygroundMessage | undefined;
  readonly trial: PlaygroundState;
  readonly chat: ChatRef;
  readonly isMine: boolean;
  readonly isLive: boolean;
  readonly actions: Actions;
}

function Entry({ message, earlier, trial, chat, isMine, isLive, actions }: EntryProps) {
  const hasPause = !earlier || isPause(earlier.at, message.at);
  return (
    <>
      {hasPause && (
        <div class="separator">
          <time dateTime={message.at}>{separatorText(message.at, trial.clock.now)}</time>
        </div>
      )}
      <Message {...{ message, chat, isMine, isLive, actions }} />
    </>
  );
}
