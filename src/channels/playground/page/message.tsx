/** One message with its avatar, bubble and answers to tap. */
import type { ComponentChildren } from 'preact';
import type { ChatRef, PlaygroundMessage, PlaygroundPerson } from '../wire';
import type { Actions } from './actions';
import { BotAvatar, PersonAvatar } from './avatar';
import { BlockView } from './blocks';
import type { Outgoing } from './state';

interface MessageProps {
  readonly message: PlaygroundMessage;
  readonly chat: ChatRef;
  readonly isMine: boolean;
  /** Its answers can be tapped. */
  readonly isLive: boolean;
  readonly actions: Actions;
}

export function Message({ message, chat, isMine, isLive, actions }: MessageProps) {
  const { from, name, userId, content } = message;
  const speaker = from === 'bot' ? '报送助手' : (name ?? '');
  if (message.recalled) {
    return (
      <p class="recalled" data-testid="message-recalled">
        {speaker}收回了一条消息
      </p>
    );
  }
  return (
    <article class={`message ${isMine ? 'mine' : 'theirs'}`} data-testid={`message-${from}`} aria-label={speaker}>
      {from === 'bot' ? <BotAvatar /> : <PersonAvatar id={userId ?? ''} name={speaker} />}
      <div class="message-body">
        {chat.kind === 'group' && !isMine && <span class="speaker">{speaker}</span>}
        <div class="bubble">
          {content.blocks.map((block, index) => (
            <BlockView key={index} block={block} />
          ))}
        </div>
        {content.choices.length > 0 && (
          <div class="chips" data-testid="choices">
            {content.choices.map(({ label, text }) => (
              <button
                key={label}
                type="button"
                class="chip"
                disabled={!isLive}
                onClick={() => void actions.send(chat, text, true)}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
    </article>
  );
}

interface OutgoingProps {
  readonly sent: Outgoing;
  readonly person: PlaygroundPerson;
  readonly actions: Actions;
}

/** A message of mine before it is in the history; afterwards only its failure is left to show. */
export function OutgoingMessage({ sent, person, actions }: OutgoingProps) {
  const failure = sent.status === 'failed' && (
    <p class="failure" role="alert">
      <span>没有送达</span>
      <button type="button" onClick={() => void actions.post(sent)}>
        重发
      </button>
    </p>
  );
  if (sent.echoed) return failure || null;
  return (
    <article class="message mine sending" data-testid="message-sending" aria-label={person.name}>
      <PersonAvatar id={person.userId} name={person.name} />
      <div class="message-body">
        <Bubble>
          <p>{sent.text}</p>
        </Bubble>
        {failure}
      </div>
    </article>
  );
}

export const TypingIndicator = () => (
  <div class="message theirs" role="status" data-testid="typing">
    <BotAvatar />
    <div class="message-body">
      <Bubble>
        <span class="typing" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        <span class="unseen">报送助手正在回答</span>
      </Bubble>
    </div>
  </div>
);

const Bubble = ({ children }: { children: ComponentChildren }) => <div class="bubble">{children}</div>;
