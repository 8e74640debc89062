/** Everything the page knows, and how each thing that happens changes it. Pure. */
import type { ChatRef, PlaygroundEvent, PlaygroundMessage, PlaygroundState, PostedMessage, TrialClock } from '../wire';

/** A message of mine on its way; it stays in the list until it was seen in the stream and accepted by the server. */
export interface Outgoing extends PostedMessage {
  readonly status: 'sending' | 'accepted' | 'failed';
  /** It came back over the stream, so the history shows it. */
  readonly echoed: boolean;
}

export interface Toast {
  readonly id: string;
  readonly tone: 'error' | 'info';
  readonly text: string;
}

export interface PageState {
  readonly trial: PlaygroundState | null;
  /** Reading of the browser's steady timer when the trial's clock was read. */
  readonly clockReadAtMs: number;
  readonly me: string | null;
  readonly open: ChatRef | null;
  /** List and chat side by side. */
  readonly wide: boolean;
  readonly messages: Readonly<Record<string, readonly PlaygroundMessage[]>>;
  readonly unread: Readonly<Record<string, number>>;
  readonly outgoing: readonly Outgoing[];
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly toasts: readonly Toast[];
  /** While the clock moves: where to, and how many messages came in which chat. */
  readonly moving: { readonly to: string | null; readonly arrived: Readonly<Record<string, number>> } | null;
}

export type Action =
  | { readonly type: 'trial'; readonly trial: PlaygroundState; readonly readAtMs: number }
  | { readonly type: 'clock'; readonly clock: TrialClock; readonly readAtMs: number }
  | { readonly type: 'history'; readonly chat: ChatRef; readonly messages: readonly PlaygroundMessage[] }
  | { readonly type: 'event'; readonly event: PlaygroundEvent & { type: 'message' } }
  | { readonly type: 'recalled'; readonly chat: ChatRef; readonly id: string }
  | { readonly type: 'speak-as'; readonly userId: string }
  | { readonly type: 'open'; readonly chat: ChatRef | null }
  | { readonly type: 'width'; readonly wide: boolean }
  | { readonly type: 'post'; readonly posted: PostedMessage }
  | { readonly type: 'posted'; readonly key: string; readonly ok: boolean }
  | { readonly type: 'connection'; readonly connection: PageState['connection'] }
  | { readonly type: 'toast'; readonly toast: Toast }
  | { readonly type: 'toast-gone'; readonly id: string }
  | { readonly type: 'moving'; readonly to: string | null }
  | { readonly type: 'moved' };

export const initialState: PageState = {
  trial: null,
  clockReadAtMs: 0,
  me: null,
  open: null,
  wide: true,
  messages: {},
  unread: {},
  outgoing: [],
  connection: 'connecting',
  toasts: [],
  moving: null,
};

export const chatKey = (chat: ChatRef): string => `${chat.kind}:${chat.id}`;
export const privateChat = (userId: string): ChatRef => ({ kind: 'private', id: userId });

/** The chat on the screen: on a wide one there always is one. */
export function shownChat(state: PageState): ChatRef | null {
  if (state.open?.kind === 'group') return state.open;
  const isShown = state.open !== null || state.wide;
  return isShown && state.me !== null ? privateChat(state.me) : null;
}

export function reduce(state: PageState, action: Action): PageState {
  const next = step(state, action);
  const shown = shownChat(next);
  const key = shown ? chatKey(shown) : null;
  return key !== null && next.unread[key] ? { ...next, unread: { ...next.unread, [key]: 0 } } : next;
}

function step(state: PageState, action: Action): PageState {
  switch (action.type) {
    case 'trial':
      return { ...state, trial: action.trial, clockReadAtMs: action.readAtMs };
    case 'clock':
      if (!state.trial) return state;
      return { ...state, trial: { ...state.trial, clock: action.clock }, clockReadAtMs: action.readAtMs };
    case 'history':
      return withHistory(state, chatKey(action.chat), action.messages);
    case 'event':
      return withMessage(state, action.event);
    case 'recalled':
      return withRecall(state, chatKey(action.chat), action.id);
    case 'speak-as':
      return { ...state, me: action.userId };
    case 'open':
      return { ...state, open: action.chat };
    case 'width':
      return { ...state, wide: action.wide };
    case 'post':
      return withPost(state, action.posted);
    case 'posted':
      return { ...state, outgoing: settle(state.outgoing, action.key, { status: action.ok ? 'accepted' : 'failed' }) };
    case 'connection':
      return { ...state, connection: action.connection };
    case 'toast':
      return { ...state, toasts: [...state.toasts.slice(-2), action.toast] };
    case 'toast-gone':
      return { ...state, toasts: state.toasts.filter((toast) => toast.id !== action.id) };
    case 'moving':
      return { ...state, moving: { to: action.to, arrived: {} } };
    case 'moved':
      return { ...state, moving: null };
  }
}

/** Replaces what is shown, since a pushed copy of a message may carry another id than the stored one. */
function withHistory(state: PageState, key: string, messages: readonly PlaygroundMessage[]): PageState {
  const known = state.messages[key];
  const missed = known ? Math.max(0, messages.length - known.length) : 0;
  return {
    ...state,
    messages: { ...state.messages, [key]: messages },
    unread: { ...state.unread, [key]: (state.unread[key] ?? 0) + missed },
    outgoing: state.outgoing.filter((sent) => chatKey(sent.chat) !== key || sent.status !== 'accepted'),
  };
}

function withMessage(state: PageState, event: PlaygroundEvent & { type: 'message' }): PageState {
  const key = chatKey(event.chat);
  const known = state.messages[key];
  if (known?.some((message) => message.id === event.message.id)) return state;
  const isMine = state.outgoing.some((sent) => sent.key === event.key);
  const add = (counts: Readonly<Record<string, number>>) => ({ ...counts, [key]: (counts[key] ?? 0) + 1 });
  return {
    ...state,
    // A chat that was never opened is fetched whole when it is.
    messages: known ? { ...state.messages, [key]: [...known, event.message] } : state.messages,
    unread: isMine ? state.unread : add(state.unread),
    outgoing: event.key === null ? state.outgoing : settle(state.outgoing, event.key, { echoed: true }),
    moving: state.moving && { ...state.moving, arrived: add(state.moving.arrived) },
  };
}

function withRecall(state: PageState, key: string, id: string): PageState {
  const known = state.messages[key];
  if (!known) return state;
  const messages = known.map((message) =>
    message.id === id ? { ...message, recalled: true, content: { blocks: [], choices: [] } } : message,
  );
  return { ...state, messages: { ...state.messages, [key]: messages } };
}

/** Posting again keeps the key and the place. */
function withPost(state: PageState, posted: PostedMessage): PageState {
  if (state.outgoing.some((sent) => sent.key === posted.key)) {
    return { ...state, outgoing: settle(state.outgoing, posted.key, { status: 'sending' }) };
  }
  return { ...state, outgoing: [...state.outgoing, { ...posted, status: 'sending', echoed: false }] };
}

function settle(outgoing: readonly Outgoing[], key: string, change: Partial<Outgoing>): readonly Outgoing[] {
  return outgoing
    .map((sent) => (sent.key === key ? { ...sent, ...change } : sent))
    .filter((sent) => !(sent.echoed && sent.status === 'accepted'));
}
