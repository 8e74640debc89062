/**
 * Which units a text names: 光山, 光山县, 光山县局, 光山县市场监督管理局. The longest name wins, so that 潢川开发区分局 is not also
 * 潢川县. Two units that share a name are both returned and the caller asks.
 */
import { normalText } from './normal-text';

export interface NamedUnit<Id> {
  readonly id: Id;
  /** Official name first, then short ones. */
  readonly names: readonly string[];
}

export interface UnitMention<Id> {
  readonly ids: readonly Id[];
  readonly start: number;
  readonly end: number;
}

const endings = ['', '市场监督管理局', '市场监管局', '市监局', '局'];
const placeEnding = /[县区市]$/;

/** The units a text mentions, in reading order. */
export function findUnits<Id>(text: string, units: readonly NamedUnit<Id>[]): readonly UnitMention<Id>[] {
  const normal = normalText(text);
  const spellings = spellingsOf(units);
  const longest = Math.max(0, ...[...spellings.keys()].map((name) => name.length));
  const mentions: UnitMention<Id>[] = [];
  for (let start = 0; start < normal.length; start += 1) {
    const mention = mentionAt(normal, start, spellings, longest);
    if (!mention) continue;
    mentions.push(mention);
    start = mention.end - 1;
  }
  return mentions;
}

function mentionAt<Id>(
  text: string,
  start: number,
  spellings: ReadonlyMap<string, readonly Id[]>,
  longest: number,
): UnitMention<Id> | null {
  for (let length = Math.min(longest, text.length - start); length > 1; length -= 1) {
    const ids = spellings.get(text.slice(start, start + length));
    if (ids) return { ids, start, end: start + length };
  }
  return null;
}

function spellingsOf<Id>(units: readonly NamedUnit<Id>[]): ReadonlyMap<string, readonly Id[]> {
  const spellings = new Map<string, readonly Id[]>();
  for (const unit of units) {
    for (const spelling of new Set(unit.names.flatMap(spellingsOfName))) {
      const ids = spellings.get(spelling) ?? [];
      spellings.set(spelling, [...ids, unit.id]);
    }
  }
  return spellings;
}

/** 光山县市场监督管理局 → 光山县, 光山, each with every ending. 新县 keeps its 县: 新 alone names nothing. */
function spellingsOfName(name: string): readonly string[] {
  const stem = endings.reduce(
    (left, ending) => (ending && left.endsWith(ending) ? left.slice(0, -ending.length) : left),
    name,
  );
  const place = stem.replace(placeEnding, '');
  const stems = place.length >= 2 ? [stem, place] : [stem];
  // 羊山分 is what is left of 羊山分局.
  const sound = stems.filter((each) => each.length >= 2 && !each.endsWith('分'));
  return [name, ...sound.flatMap((each) => endings.map((ending) => each + ending))];
}
