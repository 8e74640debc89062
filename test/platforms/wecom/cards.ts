/** Cards with buttons as WeCom takes them from an app, and the one change that each of their response codes is good for. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/clock';
import { type Card, checkCard } from '../wecom-bot/replies';

export type { Card };

/** A card that was changed after a tap. */
export interface ChangedCard {
  readonly to: readonly string[];
  /** What the tapped button says now. */
  readonly says: string;
}

type Json = Readonly<Record<string, unknown>>;

const codeMs = 72 * 3600_000;

/** A card that was sent, and to whom. */
interface Sent {
  readonly card: Card;
  readonly body: string;
  readonly people: ReadonlySet<string>;
  /** Whose card is inert since it was changed. */
  readonly spent: Set<string>;
}

export interface Refusal {
  readonly errcode: number;
}

export class Cards {
  readonly changed: ChangedCard[] = [];
  private readonly sent = new Map<string, Sent>();
  private readonly codes = new Map<string, { readonly taskId: string; readonly goodUntil: number }>();

  constructor(private readonly clock: Clock) {}

  /** The card of a message to these people, or the code that it is refused with. */
  check(json: Json, people: readonly string[]): Card | number {
    const card = readCard(json);
    if (typeof card === 'number') return card;
    const body = JSON.stringify([people, json]);
    const before = this.sent.get(card.taskId);
    // Unique for the app; a copy of the same message is another matter.
    if (before && before.body !== body) return 42014;
    if (!before) this.sent.set(card.taskId, { card, body, people: new Set(people.map(lowerCase)), spent: new Set() });
    return card;
  }

  /** Comes with the answer to a card, and with every tap on it. */
  giveCode(taskId: string): string {
    const code = randomBytes(16).toString('base64url');
    this.codes.set(code, { taskId, goodUntil: this.clock.now().getTime() + codeMs });
    return code;
  }

  /** The event of a tap on a button that this person has in front of them; throws where there is none. */
  tap(person: string, key: string, taskId?: string): Readonly<Record<string, string>> {
    const card = this.cardsOf(person).find(
      (each) => (taskId ?? each.taskId) === each.taskId && each.buttons.some(([, says]) => says === key),
    );
    if (!card) throw new Error(`${person} has no button with the key ${key} to tap`);
    const event = { Event: 'template_card_event', EventKey: key, TaskId: card.taskId, CardType: card.type };
    return { ...event, ResponseCode: this.giveCode(card.taskId) };
  }

  /** The newest first, without those that were changed. */
  private cardsOf(person: string): readonly Card[] {
    const who = lowerCase(person);
    const theirs = [...this.sent.values()].filter(({ people, spent }) => people.has(who) && !spent.has(who));
    return theirs.map(({ card }) => card).reverse();
  }

  /** `message/update_template_card` (path 94888): who of them has no such card, or the code that it is refused with. */
  change(raw: string, agentId: number): readonly string[] | Refusal {
    const { userids, agentid, response_code: code, button } = JSON.parse(raw) as Json;
    if (agentid !== agentId) return { errcode: 301002 };
    if (!Array.isArray(userids) || userids.length === 0) return { errcode: 82001 };
    const known = this.codes.get(String(code));
    const sent = known && this.sent.get(known.taskId);
    if (!known || !sent || this.clock.now().getTime() >= known.goodUntil) return { errcode: 40058 };
    const says = (button as Json | undefined)?.['replace_name'];
    if (typeof says !== 'string' || says === '') return { errcode: 40058 };
    const to = (userids as readonly string[]).filter((person) => sent.people.has(lowerCase(person)));
    if (to.length === 0) return { errcode: 81013 };
    this.codes.delete(String(code));
    for (const person of to) sent.spent.add(lowerCase(person));
    this.changed.push({ to, says });
    return (userids as readonly string[]).filter((person) => !to.includes(person));
  }
}

const lowerCase = (person: string): string => person.toLowerCase();

function readCard(card: Json): Card | number {
  try {
    return checkCard(card);
  } catch {
    return 40058;
  }
}
