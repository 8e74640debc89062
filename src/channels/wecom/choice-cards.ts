/**
 * Cards with the answers to tap, sent after the words that they belong to, and changed once they were tapped. A card is a
 * convenience: the words say what to type, WeCom's plugin for WeChat shows no cards, and so nothing here fails a message.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { Outbound } from '../channel';
import { plainText } from '../plain';
import { choiceCard, chosenMark } from './choice-card';
import type { Tap } from './decode';
import { type Fault, failureOf } from './failures';
import { type Sending, sendToPerson } from './send-to-people';

/** The app has no callback address in the console, so nobody would hear of a tap. */
const noCallback = 43012;
const withoutCardsMs = 3600_000;
const rememberedCodes = 1000;

export interface ChoiceCardsParts extends Sending {
  readonly clock: Clock;
  readonly log: Log;
}

type Result = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };

/** WeCom was asked to show a card; its name for it where it does, by which it is recalled with the words. */
export interface Offered {
  readonly receipt: string | null;
}

export class ChoiceCards {
  private refusedUntil = 0;
  /** A response code is good for one change, and WeCom may deliver a tap again. */
  private readonly usedCodes = new Set<string>();

  constructor(private readonly parts: ChoiceCardsParts) {}

  /** Sends the card of a message whose words have gone; null when WeCom was not asked. `appchat/send` takes none (path 90248). */
  async offer(message: Outbound): Promise<Offered | null> {
    const { chat, content } = message;
    const card = chat.kind === 'private' ? choiceCard(taskIdOf(message), content.choices) : null;
    const now = this.parts.clock.now().getTime();
    if (!card || now < this.refusedUntil) return null;
    const called = await sendToPerson(this.parts, chat.id, { msgtype: 'template_card', template_card: card });
    if (!called.ok && called.fault.kind === 'errcode' && called.fault.errcode === noCallback) {
      this.refusedUntil = now + withoutCardsMs;
    }
    this.tell(called, { outbound: message.id }, 'a card with the answers to tap was not sent');
    return { receipt: called.ok ? called.receipt : null };
  }

  /** Makes the buttons of a tapped card inert, the tapped one saying so (`message/update_template_card`, path 94888). */
  async markChosen({ chosen, responseCode }: Tap, userId: string): Promise<void> {
    if (this.usedCodes.has(responseCode)) return;
    this.remember(responseCode);
    const { api, agentId } = this.parts;
    const button = { replace_name: chosenMark(chosen) };
    const change = { userids: [userId], agentid: agentId, response_code: responseCode, button };
    this.tell(await api.post('message/update_template_card', change), { agentId }, 'a tapped card was not changed');
  }

  private tell(called: Result, facts: object, what: string): void {
    if (!called.ok) this.parts.log.warn({ code: failureOf(called.fault, true).code, ...facts }, what);
  }

  private remember(code: string): void {
    this.usedCodes.add(code);
    const [oldest] = this.usedCodes;
    if (this.usedCodes.size > rememberedCodes && oldest !== undefined) this.usedCodes.delete(oldest);
  }
}

/** Unique for the app for ever, also when the numbers of messages begin again in a new database; the same in a retry. */
function taskIdOf({ id, chat, content }: Outbound): string {
  const digest = createHash('sha256')
    .update(`${chat.id}\n${plainText(content)}`)
    .digest('hex');
  return `${id}-${digest.slice(0, 16)}`;
}
