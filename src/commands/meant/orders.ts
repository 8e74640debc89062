/**
 * What staff order for one or several units: 暂停催报 息县 因防汛 至7月12日. Which units are meant, until when, and why; only
 * those below the speaker's own post.
 */
import type { Unit } from '../../../entities/unit';
import { overseeing, reaches } from '../../access/speaker';
import { dayOf } from '../../calendar/civil-day';
import { type Content, say } from '../../channels/content';
import { findUnits } from '../../reading/names';
import { readUntil } from '../../reading/until-words';
import { unitsById, unitsNamedIn } from '../../registration/units';
import type { TableDefinition } from '../../table/definition';
import { figureTables, type Talk } from '../command';
import { type Address, readHead } from './address';

export interface Order {
  /** Never empty. */
  readonly units: readonly [Unit, ...Unit[]];
  /** `YYYY-MM-DD` */
  readonly until: string | null;
  /** Null when none was named. */
  readonly table: TableDefinition | null;
  readonly period: string | null;
  /** What is left of the words, without 因. */
  readonly reason: string;
}

export type OrderResult =
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly content: Content };

const refusal = (line: string): OrderResult => ({ ok: false, content: say([line]) });

/** @param verb what the order begins with; it is no part of the reason. */
export async function readOrder(talk: Talk, verb: RegExp, example: string): Promise<OrderResult> {
  const words = talk.text.normalize('NFKC').replace(verb, ' ').trim();
  const { ids, isUnclear, rest } = await unitsLeading(talk, words);
  if (isUnclear) return refusal('这个名称可能是几个单位，请写全称。没有办理。');
  const units = await unitsById(talk.tx, ids);
  const [first, ...others] = units;
  if (!first) return refusal(`请说明是哪个单位，如“${example}”。没有办理。`);
  const stranger = units.find((unit) => !isBelow(talk, unit));
  if (stranger) return refusal(`${stranger.short}不归您管理，没有办理。`);
  const { day, rest: left } = readUntil(rest, dayOf(talk.now));
  return { ok: true, order: { units: [first, ...others], until: day, ...aboutAndReason(talk, left) } };
}

/** Table and month stand before the reason, in which there may be others: 培训表 6月 因5月系统故障. */
export function aboutAndReason(
  talk: Pick<Talk, 'now' | 'tables'>,
  words: string,
): Pick<Address, 'table' | 'period'> & { readonly reason: string } {
  const { table, period, rest } = readHead(talk, words.replace(/^\s*[给把为对]\s/u, ' '));
  return { table, period, reason: bareReason(rest) };
}

/** A reason may name places as well (因罗山水库泄洪): only those that stand together at the first place count. */
export async function unitsLeading(talk: Talk, words: string) {
  const kinds = new Set(figureTables(talk.tables).flatMap((table) => table.filedBy));
  const named = await unitsNamedIn(talk.tx, words);
  const filing = await unitsById(
    talk.tx,
    named.map(({ id }) => id),
  );
  const candidates = named.filter(({ id }) => filing.some((unit) => unit.id === id && kinds.has(unit.kind)));
  const mentions = findUnits(words, candidates);
  const leading = mentions.filter((mention, index) =>
    mentions.slice(0, index).every((before, at) => {
      const next = mentions[at + 1] ?? mention;
      return /^[\s、,，和及与跟]*$/.test(words.slice(before.end, next.start));
    }),
  );
  const [start, end] = [leading[0]?.start ?? 0, leading.at(-1)?.end ?? 0];
  return {
    ids: [...new Set(leading.flatMap((mention) => mention.ids))],
    isUnclear: leading.some((mention) => mention.ids.length > 1),
    rest: `${words.slice(0, start)} ${words.slice(end)}`,
  };
}

const isBelow = ({ speaker }: Talk, unit: Unit): boolean =>
  overseeing(speaker, ['staff']).some((post) => reaches(post, unit));

/** `reminder_pause.reason` */
const longestReason = 200;

export const bareReason = (words: string): string =>
  words
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s,，:：。;；、的]*(?:原因|理由|事由)?[\s是为:：,，]*(?:因为|由于|因)?[\s,，]*/u, '')
    .replace(/[\s,，。;；、]+$/u, '')
    .slice(0, longestReason);

export const namesOf = (units: readonly { readonly short: string }[]): string =>
  units.map(({ short }) => short).join('、');
