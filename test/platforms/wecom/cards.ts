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

export class Cards {
  readonly changed: ChangedCard[] = [];
  private readonly tasks = new Map<string, string>();
  private readonly codes = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** The card of a message to one person, or the code that it is refused with. */
  check(card: Json, person: string): Card | number {
    const checked = readCard(card);
    if (typeof checked === 'number') return checked;
    const body = JSON.stringify([person, card]);
    // Unique for the app; a copy of the same message is another matter.
    if ((this.tasks.get(checked.taskId) ?? body) !== body) return 42014;
    this.tasks.set(checked.taskId, body);
    return checked;
  }

  /** Comes with an answer to a card, and with every tap. */
  giveCode(): string {
    const code = randomBytes(16).toString('base64url');
    this.codes.set(code, this.clock.now().getTime() + codeMs);
    return code;
  }

  /** `message/update_template_card` (path 94888): 0, or the code that it is refused with. */
  change(raw: string, agentId: number): number {
    const { userids, agentid, response_code: code, button } = JSON.parse(raw) as Json;
    if (agentid !== agentId) return 301002;
    if (!Array.isArray(userids) || userids.length === 0) return 82001;
    const goodUntil = typeof code === 'string' ? this.codes.get(code) : undefined;
    if (goodUntil === undefined || this.clock.now().getTime() >= goodUntil) return 40058;
    const says = (button as Json | undefined)?.['replace_name'];
    if (typeof says !== 'string' || says === '') return 40058;
    this.codes.delete(String(code));
    this.changed.push({ to: userids as string[], says });
    return 0;
  }
}

function readCard(card: Json): Card | number {
  try {
    return checkCard(card);
  } catch {
    return 40058;
  }
}
