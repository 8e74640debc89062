/**
 * The patent numbers of one entry while some of them are still wrong: each keeps its place, so that 第一个是ZL… mends the
 * first and the good ones need not be typed again (scenario 10). A number is never corrected for anybody.
 */
import { normalText } from '../../reading/normal-text';
import { readNumeral } from '../../reading/numerals';
import { findPatentNumbers, type PatentNumberReading } from '../../reading/patent-number';
import { ordinalMark } from '../wording';

/** Null where the number is still wanted. */
export type Slots = readonly (string | null)[];

export interface SlotReading {
  readonly slots: Slots;
  /** One line for each number of the message that is not plainly right. */
  readonly lines: readonly string[];
}

interface Placed {
  readonly place: number | null;
  readonly reading: PatentNumberReading;
}

/** What a message does to the numbers known so far; null when it holds none. */
export function fillSlots(text: string, before: Slots | null): SlotReading | null {
  const placed = findPlaced(text);
  if (placed.length === 0) return null;
  const wanted = (before ?? []).flatMap((slot, index) => (slot === null ? [index] : []));
  const isFollowUp = before !== null && placed.length <= wanted.length;
  const slots: (string | null)[] = isFollowUp ? [...before] : placed.map(() => null);
  const lines = placed.map(({ place, reading }, index) => {
    const natural = isFollowUp ? (wanted[index] ?? index) : index;
    const at = isFollowUp && place !== null && place < slots.length ? place : natural;
    slots[at] = reading.kind === 'ok' ? reading.value : null;
    return lineFor(reading, at);
  });
  return { slots, lines };
}

export const areFull = (slots: Slots): slots is readonly string[] => slots.every((slot) => slot !== null);

/** 请补第1、3个专利号 */
export function wantedLine(slots: Slots): string {
  const places = slots.flatMap((slot, index) => (slot === null ? [String(index + 1)] : []));
  return slots.length === 1 ? '请重发专利号。' : `请重发第${places.join('、')}个专利号。`;
}

const ordinal = /第([一二三四五六七八九十\d]{1,3})[个件项]?(?:专利号?)?(?:是|为|改成|改为|[:：])?\s*$/;

function findPlaced(text: string): readonly Placed[] {
  const normal = normalText(text);
  return findPatentNumbers(text).map(({ start, reading }) => {
    const words = ordinal.exec(normal.slice(0, start))?.[1];
    const numeral = words === undefined ? null : readNumeral(words);
    return { place: numeral?.kind === 'exact' ? Number(numeral.value) - 1 : null, reading };
  });
}

function lineFor(reading: PatentNumberReading, at: number): string {
  const mark = ordinalMark(at);
  switch (reading.kind) {
    case 'ok':
      return reading.value === reading.words ? `${mark} ${reading.value}` : `${mark} 已规范为 ${reading.value}`;
    case 'wrong_check':
      return `${mark} ${reading.words} 校验位不符，请对照证书`;
    case 'publication':
      return `${mark} ${reading.words} 是公告号，请给以ZL开头的专利号`;
    case 'malformed':
      return `${mark} ${reading.words} 不像专利号，请给以ZL开头的专利号`;
  }
}
