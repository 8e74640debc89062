/** The whole page: the trial's clock above, the chats at the left, one chat at the right; on a phone one of the two. */
import { useEffect, useState } from 'preact/hooks';
import type { Actions } from './actions';
import { ChatView } from './chat-view';
import { ClockBar } from './clock-bar';
import { Sidebar } from './sidebar';
import { shownChat } from './state';
import type { Store } from './store';
import { Toasts } from './toasts';

export function App({ store, actions }: { store: Store; actions: Actions }) {
  const [state, setState] = useState(store.get());
  useEffect(() => store.subscribe(setState), [store]);
  const { trial, me, connection, clockReadAtMs } = state;
  const person = trial?.people.find(({ userId }) => userId === me);
  const chat = shownChat(state);

  return (
    <div class="app" data-screen={state.open ? 'chat' : 'list'}>
      {connection === 'lost' && (
        <p class="connection" role="alert" data-testid="connection-lost">
          连接已断开，正在重新连接…
        </p>
      )}
      {trial && <ClockBar clock={trial.clock} readAtMs={clockReadAtMs} moving={state.moving} actions={actions} />}
      {trial && person ? (
        <div class="panes">
          <Sidebar state={state} trial={trial} person={person} actions={actions} />
          {chat && <ChatView key={`${me} ${chat.kind} ${chat.id}`} {...{ state, trial, person, chat, actions }} />}
        </div>
      ) : (
        <p class="loading" role="status">
          正在打开…
        </p>
      )}
      <Toasts toasts={state.toasts} actions={actions} />
    </div>
  );
}
