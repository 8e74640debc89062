/** Examples of what to say, from the figures of the table that is spoken of. */
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { type Scene, valuesIn } from './scene';

/** The second count, as the first is the one that changes least. */
function exampleField({ fields }: TableDefinition): FieldDefinition | undefined {
  const counts = fields.filter((each) => each.kind === 'count' && each.derived === null);
  return counts[1] ?? counts[0];
}

/** 企业改成28 */
export function exampleChange(scene: Scene): string {
  const field = exampleField(scene.definition);
  return field ? `${field.short}改成${Number(valuesIn(scene)[field.key] ?? 0) + 1}` : '第一项改成…';
}

/** 企业27应为28 */
export function exampleFigure(definition: TableDefinition, values: Values): string {
  const field = exampleField(definition);
  if (!field) return '…应为…';
  const value = values[field.key] ?? '1';
  return `${field.short}${value}应为${Number(value) + 1}`;
}
