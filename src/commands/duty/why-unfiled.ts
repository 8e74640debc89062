/** 息县为什么没报: what the bot did about it and what it knows, for those who oversee the unit. No guess at the reason. */
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { Filing } from '../../../entities/filing';
import { FilingEvent } from '../../../entities/filing-event';
import { OutboxMessage } from '../../../entities/outbox-message';
import { Reminder } from '../../../entities/reminder';
import type { Unit } from '../../../entities/unit';
import { addresseesOf, contactNames } from '../../access/holders';
import { termsOf } from '../../calendar/periods';
import { heading, list, say } from '../../channels/content';
import { draftedFields } from '../../reminders/contents';
import { explainUnfiled } from '../../reminders/explain';
import { loadMissing, type MissingUnit } from '../../reminders/missing';
import { askedFields, type TableDefinition } from '../../table/definition';
import { type Command, figureTables, type Outcome, type Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import { namedUnit } from '../meant/named-unit';
import { monthOf, periodIn, tableIn } from '../meant/period-words';

const roles = ['staff', 'leader', 'lead'] as const;
const example = '息县为什么没报';

export const whyUnfiled: Command = {
  words: example,
  help: '没报的单位催过几次、有没有草稿、接下来怎么办',
  roles,
  inGroup: false,
  match: (text) =>
    text.length <= 40 &&
    /(?:为什么|为啥|为何|怎么|咋|咋个)(?:到现在)?(?:都|也)?(?:还是?)?(?:没有?|未|不)(?:上)?(?:报|交|填)|(?:没有?|未)(?:上)?(?:报|交)(?:的)?(?:是)?(?:什么|啥)?原因|(?:什么|啥)原因(?:没有?|未)(?:上)?(?:报|交)/.test(
      text,
    ),
  async run(talk) {
    const definition = tableIn(talk.text, figureTables(talk.tables));
    const named = await namedUnit(talk, roles, example);
    if ('refusal' in named || !definition)
      return 'refusal' in named ? named.refusal : { content: say(['没有要报的报表。']) };
    const period = periodIn(talk.text, talk.now) ?? currentPeriod(definition, talk.now);
    return tell(talk, { unit: named.unit, definition, period });
  },
};

interface Asked {
  readonly unit: Unit;
  readonly definition: TableDefinition;
  readonly period: string;
}

async function tell(talk: Talk, asked: Asked): Promise<Outcome> {
  const { unit, definition, period } = asked;
  const { tx, now } = talk;
  const terms = termsOf(definition.cadence, period);
  const name = `${unit.short}${monthOf(terms)}${definition.short}`;
  if (now < terms.opensAt) return { content: say([`${name}还没到填报时间。`]) };
  const missing = (await loadMissing(tx, { definition, period, within: unit.path, now })).find(
    ({ unitId }) => unitId === unit.id,
  );
  if (!missing) return { content: say([`${name}已报，回“${unit.short}多少”看数。`]) };
  return { content: say([heading(`${name}未报`), list(explainUnfiled(await factsOf(talk, asked, missing)))]) };
}

async function factsOf({ tx, now }: Talk, { definition, period }: Asked, { unitId, terms, pause }: MissingUnit) {
  const given = (await draftedFields(tx, { definition, period }, [{ unitId }])).get(unitId)?.size ?? 0;
  const where = { tableName: definition.name, period, unitId };
  const reminders = await tx.findBy(Reminder, { ...where, sentAt: Not(IsNull()) });
  const remindedAt = reminders
    .filter(({ messages, step }) => messages > 0 && step !== 'T+3')
    .flatMap(({ sentAt }) => sentAt ?? [])
    .sort((one, other) => one.getTime() - other.getTime());
  return {
    terms,
    now,
    remindedAt,
    hasAnswered: await haveAnswered({ tx, now }, unitId, remindedAt[0]),
    draft: given > 0 ? { given, total: askedFields(definition).length } : null,
    withdrawnAt: await withdrawnAt({ tx }, where),
    pause,
    contacts: (await contactNames(tx, [unitId], now)).get(unitId) ?? [],
  };
}

/** Whoever was answered since then has written. */
async function haveAnswered({ tx, now }: Pick<Talk, 'tx' | 'now'>, unitId: number, since?: Date): Promise<boolean> {
  if (!since) return false;
  const chats = (await addresseesOf(tx, ['contact'], now, [unitId])).map(({ chat }) => chat);
  if (chats.length === 0) return false;
  return tx.existsBy(OutboxMessage, {
    channel: In([...new Set(chats.map(({ channel }) => channel))]),
    addressee: In(chats.map(({ id }) => id.toLowerCase())),
    inboundId: Not(IsNull()),
    createdAt: MoreThanOrEqual(since),
  });
}

async function withdrawnAt(
  { tx }: Pick<Talk, 'tx'>,
  where: { readonly tableName: string; readonly period: string; readonly unitId: number },
): Promise<Date | null> {
  const filing = await tx.findOneBy(Filing, where);
  if (!filing) return null;
  const event = await tx.findOne(FilingEvent, {
    where: { filingId: filing.id, kind: 'withdrawn' },
    order: { id: 'DESC' },
  });
  return event?.at ?? null;
}
