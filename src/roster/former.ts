/**
 * People who are known but hold no post now. They stand in no plan, yet who returns is the same person as before, and
 * the account that somebody left behind may by now be another's.
 */
import { accountFields, isSameAccount } from './accounts';
import { rosterColumns } from './columns';
import type { RosterAddition, RosterIdentity, RosterPlan, RosterRow } from './roster';

export interface FormerPerson {
  readonly personId: number;
  readonly name: string;
  readonly mobile: string;
  /** Where they once held a post. */
  readonly unitIds: readonly number[];
  readonly identities: readonly RosterIdentity[];
}

/** An account that passes from who holds no post any more to the person of a line. */
export interface Handover {
  readonly row: RosterRow;
  readonly identity: RosterIdentity;
  readonly from: FormerPerson;
}

export type Returns = ReadonlyMap<RosterAddition, FormerPerson>;

/** Which additions are people who come back: same name, and the same account, mobile number or unit. */
export function findReturns(plan: RosterPlan, former: readonly FormerPerson[]): Returns {
  const returns = new Map<RosterAddition, FormerPerson>();
  const taken = new Set<FormerPerson>();
  for (const addition of plan.add) {
    const person = former.find((each) => !taken.has(each) && isReturn(addition, each));
    if (!person) continue;
    taken.add(person);
    returns.set(addition, person);
  }
  return returns;
}

function isReturn({ row, unitId }: RosterAddition, person: FormerPerson): boolean {
  if (person.name !== row.name) return false;
  if (accountFields.some((channel) => holdingOf(person, channel, row[channel]) !== null)) return true;
  if (row.mobile !== '' && person.mobile !== '') return row.mobile === person.mobile;
  return person.unitIds.includes(unitId);
}

export function findHandovers(
  plan: RosterPlan,
  former: readonly FormerPerson[],
  returns: Returns,
): readonly Handover[] {
  const lines = [...plan.add, ...plan.change];
  return lines.flatMap((line) =>
    accountFields.flatMap((channel) =>
      former.flatMap((from) => {
        const identity = holdingOf(from, channel, line.row[channel]);
        return identity && returns.get(line) !== from ? [{ row: line.row, identity, from }] : [];
      }),
    ),
  );
}

function holdingOf(person: FormerPerson, channel: RosterIdentity['channel'], userId: string): RosterIdentity | null {
  const isHeld = (held: RosterIdentity): boolean =>
    held.channel === channel && isSameAccount(channel, held.userId, userId);
  return person.identities.find(isHeld) ?? null;
}

/** What the plan's own text does not say; empty when nobody returns and no account passes on. */
export function describeFormer(returns: Returns, handovers: readonly Handover[]): string {
  return [
    ...[...returns.keys()].map(({ row }) => `第${row.line}行 ${row.name}以前登记过，恢复任职`),
    ...handovers.map(
      ({ row, identity, from }) =>
        `第${row.line}行 ${rosterColumns[identity.channel]} ${identity.userId}原属${from.name}（现无任职），改归${row.name}`,
    ),
  ].join('\n');
}
