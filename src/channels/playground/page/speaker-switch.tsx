/** The card of whoever one speaks as, and the dialog in which to become somebody else. */
import { useRef, useState } from 'preact/hooks';
import type { PlaygroundPerson } from '../wire';
import type { Actions } from './actions';
import { PersonAvatar } from './avatar';
import { SwitchIcon } from './icons';
import { sectionsOf } from './people';
import { UnreadBadge } from './sidebar';
import { chatKey, type PageState, privateChat } from './state';

interface SwitchProps {
  readonly state: PageState;
  readonly people: readonly PlaygroundPerson[];
  readonly person: PlaygroundPerson;
  readonly actions: Actions;
}

export function SpeakerSwitch({ state, people, person, actions }: SwitchProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <div class="me">
      <button
        type="button"
        class="me-card"
        data-testid="me"
        aria-haspopup="dialog"
        onClick={() => open(dialog.current)}
      >
        <PersonAvatar id={person.userId} name={person.name} />
        <span class="unseen">正在扮演</span>
        <span class="me-name">
          {person.name}
          <span class="role">{person.role || '未登记'}</span>
        </span>
        <span class="me-unit">{person.unit || '还没有单位'}</span>
        <span class="me-switch">
          <SwitchIcon />
          换人
        </span>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the Escape key closes a dialog by itself */}
      <dialog
        ref={dialog}
        class="people"
        aria-label="换一个人说话"
        data-testid="people"
        onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      >
        <PeopleList
          {...{ state, people, person }}
          onPick={(userId) => {
            dialog.current?.close();
            actions.speakAs(userId);
          }}
          onClose={() => dialog.current?.close()}
        />
      </dialog>
    </div>
  );
}

/** The keyboard of a phone would cover half the list, so it is not the search field that gets the focus. */
function open(dialog: HTMLDialogElement | null): void {
  dialog?.showModal();
  dialog?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
}

interface ListProps extends Omit<SwitchProps, 'actions'> {
  onPick(userId: string): void;
  onClose(): void;
}

function PeopleList({ state, people, person, onPick, onClose }: ListProps) {
  const [wanted, setWanted] = useState('');
  const sections = sectionsOf(people, wanted);
  return (
    <div class="people-body">
      <div class="people-head">
        <input
          type="search"
          placeholder="找姓名或单位"
          aria-label="找姓名或单位"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <button type="button" class="quiet" aria-label="关闭" onClick={onClose}>
          ×
        </button>
      </div>
      {sections.length === 0 && <p class="none">没有找到“{wanted}”。</p>}
      {sections.map(({ title, people: members }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          {members.map((member) => (
            <button
              key={member.userId}
              type="button"
              class="person"
              aria-pressed={member.userId === person.userId}
              onClick={() => onPick(member.userId)}
            >
              <PersonAvatar id={member.userId} name={member.name} />
              <span class="person-name">{member.name}</span>
              <span class="person-unit">{[member.unit, member.role].filter(Boolean).join(' · ') || '未登记'}</span>
              <UnreadBadge count={state.unread[chatKey(privateChat(member.userId))] ?? 0} />
            </button>
          ))}
        </section>
      ))}
    </div>
  );
}
