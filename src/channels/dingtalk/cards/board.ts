/**
 * Cards on their way out. A card is a convenience: whatever of it the platform refuses for good goes as markdown in its
 * place, and after a refusal that somebody has to mend no card is tried for a while.
 */
import { z } from 'zod';
import type { Clock } from '../../../clock';
import type { DingtalkConfig } from '../../../config';
import type { Log } from '../../../log';
import type { Together } from '../../part-run';
import type { Caller } from '../caller';
import { failed, type Json, type Outcome, succeeded } from '../exchange';
import { describeFault, isMonthSpent } from '../failures';
import { type Card, clearedVariables, openSpaceId, outTrackIdOf, receiptOf, type Spaces, spacesOf } from './card';

export interface BoardParts {
  readonly config: DingtalkConfig;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly log: Log;
  /** The name under which taps are called back over HTTP; null while they could not be. Over Stream there is none. */
  readonly routeKey: (() => Promise<string | null>) | null;
  /**
   * Whether the month's calls run short. A tap is answered by a call of its own; what is typed, or sent by a link in
   * markdown, brings a way back that costs none.
   */
  readonly isShort: () => Promise<boolean>;
}

/** The receipt of the card for one receiver; `declined`: not shown, and to be said without a card. */
export type Shown = Outcome<string> | 'declined';

/** Of one receiver. */
type Judged = Outcome<never> | 'reached' | 'declined';

const withoutCardsMs = 3600_000;
/** Of the template, of the permission Card.Instance.Write, of the robot: the next card would fare no better. */
const needsMending = /^param\.(template|cardTemplate)|PermissionDenied|WhiteList|robotCode/;
const unnamed = failed({ kind: 'silent', reason: 'a receiver is not named' });

export class Board {
  private closedUntilMs = 0;

  constructor(private readonly parts: BoardParts) {}

  /** One call for all of them; what came of it for each, in their order. */
  async show(card: Card, together: Together): Promise<readonly Shown[]> {
    const { config, caller } = this.parts;
    const [first, ...others] = together;
    const spaces = spacesOf([first.chat, ...others.map(({ chat }) => chat)]);
    const wayBack = config.cards && spaces && (await this.isOpen()) ? await this.wayBack() : null;
    if (!config.cards || !spaces || !wayBack) return together.map(() => 'declined');
    const outTrackId = outTrackIdOf(first, spaces);
    const body = {
      ...{ cardTemplateId: config.cards.templateId, outTrackId, userIdType: 1, ...wayBack },
      cardData: { cardParamMap: card.variables },
      openSpaceId: openSpaceId(spaces),
      ...models(spaces, card, config.robotCode),
    };
    const shown = this.judge(await caller.call('/v1.0/card/instances/createAndDeliver', body), spaces);
    return shown.map((one) => (one === 'reached' ? succeeded(receiptOf(outTrackId)) : one));
  }

  /** Leaves nothing of a card but that it was taken back (page 更新卡片); done twice it changes nothing. */
  async clear(outTrackId: string): Promise<Outcome<Json>> {
    const cardUpdateOptions = { updateCardDataByKey: true };
    const cardData = { cardParamMap: clearedVariables };
    return this.parts.caller.put('/v1.0/card/instances', { outTrackId, cardData, cardUpdateOptions });
  }

  private async isOpen(): Promise<boolean> {
    const { clock, isShort } = this.parts;
    return clock.now().getTime() >= this.closedUntilMs && !(await isShort());
  }

  private async wayBack(): Promise<Json | null> {
    const { routeKey } = this.parts;
    if (!routeKey) return { callbackType: 'STREAM' };
    const callbackRouteKey = await routeKey();
    return callbackRouteKey === null ? null : { callbackType: 'HTTP', callbackRouteKey };
  }

  private judge(outcome: Outcome<Json>, spaces: Spaces): readonly Judged[] {
    if (outcome.ok) return readDeliveries(outcome.value, spaces);
    const { fault } = outcome;
    if (fault.kind !== 'refused') return spaces.ids.map(() => outcome);
    // Of an earlier try, which may not have reached them: rather a second copy than nothing.
    if (fault.code === 'param.cardAlreadyExist') return spaces.ids.map(() => 'declined');
    const { code, retryable } = describeFault(fault);
    if (retryable || isMonthSpent(fault.code)) return spaces.ids.map(() => outcome);
    this.parts.log.warn({ code }, 'a card was refused: check DINGTALK_CARD_TEMPLATE_ID; sent without a card');
    if (needsMending.test(fault.code)) this.closedUntilMs = this.parts.clock.now().getTime() + withoutCardsMs;
    return spaces.ids.map(() => 'declined');
  }
}

/** A card that is passed on would be tapped by people whom it was not meant for. */
function models({ type }: Spaces, { title }: Card, robotCode: string): Json {
  const space = { supportForward: false, lastMessageI18n: { ZH_CN: title }, notification: { alertContent: title } };
  if (type === 'IM_GROUP') return { imGroupOpenSpaceModel: space, imGroupOpenDeliverModel: { robotCode } };
  return { imRobotOpenSpaceModel: space, imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode } };
}

const delivery = z.object({ spaceId: z.string(), success: z.boolean() });
const deliveries = z.object({ result: z.object({ deliverResults: z.array(delivery) }) });

/** 200 is not yet delivery: each receiver has a result of their own. */
function readDeliveries(value: Json, { type, ids }: Spaces): readonly Judged[] {
  const parsed = deliveries.safeParse(value);
  const results = parsed.success ? parsed.data.result.deliverResults : [];
  return ids.map((id) => {
    const mine = results.find(({ spaceId }) => [id, `${type}.${id}`, `dtv1.card//${type}.${id}`].includes(spaceId));
    if (!mine) return unnamed;
    return mine.success ? 'reached' : 'declined';
  });
}
