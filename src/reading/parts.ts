/** 高校2家，科研院所2家: two parts of one field under different names. Neither is the figure; the sum is offered. */
import Decimal from 'decimal.js';
import type { Ask } from './reading';
import { askAbout } from './reading';
import { exactValues, finalNumbers, type Scene } from './settle';
import type { Statement } from './statement';

export interface Parts {
  readonly statements: readonly Statement[];
  readonly ask: Ask;
}

export function askParts(statements: readonly Statement[], scene: Scene): readonly Parts[] {
  const told = statements.filter((each) => finalNumbers(each).length === 1);
  if (told.length < 2) return [];
  return scene.context.fields.flatMap((field) => {
    const own = told.filter((each) => keyOf(each) === field.key);
    if (!areParts(own.map(aliasOf))) return [];
    const values = exactValues(own.flatMap(finalNumbers));
    const sum = Decimal.sum(0, ...values).toFixed();
    const words = own.map((each) => scene.text.slice(each.start, each.end)).join('，');
    const ask = askAbout(field, 'two_values', words, values.length === own.length ? [sum] : []);
    return [{ statements: own, ask }];
  });
}

function keyOf(statement: Statement): string | null {
  const keys = new Set(statement.names.flatMap((name) => name.keys));
  const [key] = keys;
  return keys.size === 1 ? (key ?? null) : null;
}

const aliasOf = (statement: Statement): string => statement.names.map((name) => name.alias).join('');

/** Different names of which none is a longer form of the other: 企业 and 参与企业 are the same thing said twice. */
function areParts(aliases: readonly string[]): boolean {
  return aliases.some(
    (one) => one !== '' && aliases.some((other) => other !== '' && !one.includes(other) && !other.includes(one)),
  );
}
