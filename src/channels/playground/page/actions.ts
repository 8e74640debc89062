/** What the page does: fetches, posts, listens, and remembers who one speaks as. Changes the state through the store only. */
import { type ChatRef, fileLimitBytes, type PlaygroundEvent, type PostedMessage, type TrialClock } from '../wire';
import { createKey, fetchHistory, fetchTrial, postClock, postFile, postMessage } from './api';
import { listen } from './events';
import { dateText, timeText } from './format';
import { firstSpeaker } from './people';
import { chatKey, type PageState, privateChat } from './state';
import type { Store } from './store';

const rememberedSpeaker = 'playground.me';
const toastMs = 6_000;
const fileLimitMegabytes = fileLimitBytes / 1024 / 1024;
const wideScreen = '(min-width: 760px)';

export class Actions {
  /** How many events a chat has had: a history fetched meanwhile may lack the newest. */
  private readonly revisions = new Map<string, number>();

  constructor(private readonly store: Store) {}

  start(): void {
    const width = window.matchMedia(wideScreen);
    const showWidth = () => this.store.dispatch({ type: 'width', wide: width.matches });
    width.addEventListener('change', showWidth);
    showWidth();
    window.addEventListener('hashchange', () => this.followAddress());
    listen({
      onEvent: (event) => this.takeEvent(event),
      onLive: () => void this.catchUp(),
      onLost: () => this.store.dispatch({ type: 'connection', connection: 'lost' }),
    });
  }

  speakAs(userId: string): void {
    localStorage.setItem(rememberedSpeaker, userId);
    this.store.dispatch({ type: 'speak-as', userId });
    void this.loadHistory(privateChat(userId));
  }

  /** The chat lies in the address, so that the phone's own way back works as well. */
  openChat(chat: ChatRef | null): void {
    window.location.hash =
      chat === null ? '' : chat.kind === 'private' ? '#/me' : `#/group/${encodeURIComponent(chat.id)}`;
  }

  async send(chat: ChatRef, text: string, mention: boolean): Promise<void> {
    const userId = this.store.get().me;
    if (userId !== null && text.trim() !== '') {
      await this.post({
        chat,
        userId,
        text: text.trim(),
        key: createKey(),
        mention: mention || chat.kind === 'private',
      });
    }
  }

  async post(posted: PostedMessage): Promise<void> {
    this.store.dispatch({ type: 'post', posted });
    const ok = (await postMessage(posted)) !== null;
    this.store.dispatch({ type: 'posted', key: posted.key, ok });
    if (!ok) this.toast('error', '没有送达：连不上服务，或服务出错。消息还在，点“重发”再试。');
    if (ok && this.store.get().connection !== 'live') await this.loadHistory(posted.chat);
  }

  /** Too large a file is not even sent: the server would cut it off. */
  async sendFile(chat: ChatRef, file: File | null | undefined): Promise<void> {
    const userId = this.store.get().me;
    if (userId === null || !file) return;
    if (file.size > fileLimitBytes)
      return this.toast('error', `“${file.name}”超过${fileLimitMegabytes} MB，没有发送。`);
    const status = await postFile(chat, userId, file);
    if (status === 413) this.toast('error', `“${file.name}”太大，没有发送。`);
    else if (status !== 202) this.toast('error', `“${file.name}”没有送达：连不上服务，或服务出错。请再发一次。`);
    else if (this.store.get().connection !== 'live') await this.loadHistory(chat);
  }

  async moveClock(to: string | null): Promise<void> {
    this.store.dispatch({ type: 'moving', to });
    const clock = await postClock(to);
    const { moving } = this.store.get();
    this.store.dispatch({ type: 'moved' });
    if (!clock) return this.toast('error', '时间没有调成：连不上服务，或服务出错。请再试一次。');
    this.showClock(clock);
    this.toast('info', `现在是${dateText(clock.now)} ${timeText(clock.now)}，${this.arrivedText(moving)}`);
  }

  dismiss(id: string): void {
    this.store.dispatch({ type: 'toast-gone', id });
  }

  private followAddress(): void {
    const [, kind, id] = window.location.hash.split('/');
    const { me } = this.store.get();
    const own = kind === 'me' && me !== null ? privateChat(me) : null;
    const chat: ChatRef | null = kind === 'group' && id ? { kind: 'group', id: decodeURIComponent(id) } : own;
    this.store.dispatch({ type: 'open', chat });
  }

  private async catchUp(): Promise<void> {
    const trial = await fetchTrial();
    if (!trial) return this.toast('error', '连不上服务，请看看它是否还在运行。');
    this.store.dispatch({ type: 'trial', trial, readAtMs: performance.now() });
    this.store.dispatch({ type: 'connection', connection: 'live' });
    const wanted = this.store.get().me ?? localStorage.getItem(rememberedSpeaker);
    const me = trial.people.find((person) => person.userId === wanted) ?? firstSpeaker(trial.people);
    if (!me) return this.toast('error', '还没有可以扮演的人员。');
    this.store.dispatch({ type: 'speak-as', userId: me.userId });
    this.followAddress();
    const groups = trial.groups.map(({ id }): ChatRef => ({ kind: 'group', id }));
    await Promise.all([privateChat(me.userId), ...groups].map((chat) => this.loadHistory(chat)));
  }

  private async loadHistory(chat: ChatRef): Promise<void> {
    const revision = this.revisions.get(chatKey(chat));
    const messages = await fetchHistory(chat);
    if (!messages) return this.toast('error', '聊天记录没有取到，请刷新页面再试。');
    if (this.revisions.get(chatKey(chat)) !== revision) return this.loadHistory(chat);
    this.store.dispatch({ type: 'history', chat, messages });
  }

  private takeEvent(event: PlaygroundEvent): void {
    if (event.type === 'clock') {
      this.showClock(event.clock);
    } else {
      const key = chatKey(event.chat);
      this.revisions.set(key, (this.revisions.get(key) ?? 0) + 1);
      this.store.dispatch(event.type === 'recalled' ? event : { type: 'event', event });
    }
  }

  private showClock(clock: TrialClock): void {
    this.store.dispatch({ type: 'clock', clock, readAtMs: performance.now() });
  }

  private arrivedText(moving: PageState['moving']): string {
    const arrived = Object.entries(moving?.arrived ?? {});
    if (arrived.length === 0) return '期间没有新消息。';
    const total = arrived.reduce((sum, [, count]) => sum + count, 0);
    const names = arrived.slice(0, 3).map(([key, count]) => `${this.nameOf(key)} ${count} 条`);
    return `期间有 ${total} 条新消息：${names.join('、')}${arrived.length > 3 ? ' 等' : ''}。`;
  }

  private nameOf(key: string): string {
    const { trial } = this.store.get();
    const group = trial?.groups.find(({ id }) => chatKey({ kind: 'group', id }) === key);
    const person = trial?.people.find(({ userId }) => chatKey(privateChat(userId)) === key);
    return group?.name ?? person?.name ?? '其他';
  }

  private toast(tone: 'error' | 'info', text: string): void {
    const id = createKey();
    this.store.dispatch({ type: 'toast', toast: { id, tone, text } });
    window.setTimeout(() => this.dismiss(id), toastMs);
  }
}
