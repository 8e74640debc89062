/** Rules between figures that a declaration can name; each returns its complaint in the words of the form. */
import Decimal from 'decimal.js';
import type { Facts, Rule, Values } from './definition';

/** A field as a rule speaks of it. */
export interface Named {
  readonly key: string;
  readonly short: string;
}

const number = (values: Values, field: Named): Decimal => new Decimal(values[field.key] ?? 0);

/** 总数 = 免费 + 收费 */
export function sumOf(total: Named, parts: readonly Named[]): Rule {
  return {
    name: `${total.key} = ${parts.map((part) => part.key).join(' + ')}`,
    level: 'hard',
    fields: [total, ...parts].map((field) => field.key),
    check({ values }: Facts) {
      const sum = parts.reduce((running, part) => running.plus(number(values, part)), new Decimal(0));
      if (sum.equals(number(values, total))) return null;
      const spelled = parts.map((part) => `${part.short}${number(values, part)}`).join('+');
      return `${total.short}${number(values, total)}与${spelled}=${sum}不一致`;
    },
  };
}

/** 收费 0 项则金额为 0 */
export function zeroWithout(amount: Named, count: Named): Rule {
  return {
    name: `${amount.key} = 0 without ${count.key}`,
    level: 'hard',
    fields: [amount.key, count.key],
    check({ values }: Facts) {
      if (!number(values, count).isZero() || number(values, amount).isZero()) return null;
      return `${count.short}为0时，${amount.short}应为0，现为${number(values, amount)}`;
    },
  };
}

/** The list's patents, each counted once, are among those declared. */
export function listedWithin(count: Named, list: { name: string; short: string; numbers: string }): Rule {
  return {
    name: `patents of ${list.name} within ${count.key}`,
    level: 'soft',
    fields: [count.key],
    check({ values, rowsOf }: Facts) {
      const numbers = rowsOf(list.name).flatMap((row) => (row[list.numbers] ?? '').split('\n').filter(Boolean));
      const listed = new Set(numbers).size;
      if (number(values, count).gte(listed)) return null;
      return `${count.short}${number(values, count)}件少于${list.short}里的${listed}件`;
    },
  };
}

/** One address for each name, in the same order. */
export function pairs(names: Named, addresses: Named): Rule {
  return {
    name: `${names.key} pair with ${addresses.key}`,
    level: 'soft',
    fields: [names.key, addresses.key],
    check({ values }: Facts) {
      const count = (field: Named) => (values[field.key] ?? '').split('\n').filter(Boolean).length;
      if (count(names) === count(addresses)) return null;
      return `${names.short}有${count(names)}个，${addresses.short}有${count(addresses)}个，应逐个对应`;
    },
  };
}
