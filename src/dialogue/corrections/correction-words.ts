/** 更正: in which words a figure is corrected that can no longer be changed at will. */
import { fieldOf } from '../../table/definition';
import { exampleFigure } from '../examples';
import { type Scene, valuesIn } from '../scene';
import { ownReportWords } from '../wording';

/** What somebody wanted to change. */
interface Wanted {
  readonly field: string;
  readonly value: string | null;
}

/** 更正6月 企业27应为28，专利135应为136: what was said, as a request to correct it. */
export function correctionOf(scene: Scene, wanted: readonly Wanted[]): string | null {
  const values = scene.report.filed?.values ?? {};
  const parts = wanted.flatMap(({ field: key, value }) => {
    const field = fieldOf(scene.definition, key);
    return value === null || value === values[key]
      ? []
      : [`${field.short}${values[key] ?? ''}应为${value.replaceAll('\n', '、')}`];
  });
  return parts.length === 0 ? null : `更正${ownReportWords(scene)} ${parts.join('，')}`;
}

/** 更正6月 企业27应为28，写错了 */
export function exampleOfCorrection(scene: Scene): string {
  const values = { ...valuesIn(scene), ...scene.report.filed?.values };
  return `更正${ownReportWords(scene)} ${exampleFigure(scene.definition, values)}，写错了`;
}
