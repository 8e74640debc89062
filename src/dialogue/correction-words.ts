/** 更正: in which words a figure is corrected that can no longer be changed at will. */
import { type Scene, valuesIn } from './scene';

/** 更正6月 企业27应为26，写错了: the second count, as the first is the one that changes least. */
export function exampleOfCorrection(scene: Scene): string {
  const month = `${Number(scene.terms.period.slice(5))}月`;
  const counts = scene.definition.fields.filter((each) => each.kind === 'count' && each.derived === null);
  const field = counts[1] ?? counts[0];
  if (!field) return `更正${month} …应为…，原因`;
  const value = scene.report.filed?.values[field.key] ?? valuesIn(scene)[field.key] ?? '1';
  return `更正${month} ${field.short}${value}应为${Number(value) + 1}，写错了`;
}
