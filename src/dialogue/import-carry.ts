/** Carries out a dry run that was confirmed, and goes on with the report. */
import { say } from '../channels/content';
import type { ImportPlan } from '../imports/plan';
import { totalsLine } from './entry-writing';
import { effectsOf, withImported } from './import-scene';
import { nextStep, stateOf } from './next';
import type { Scene } from './scene';
import type { Waiting } from './state';
import { type Turn, turn } from './turn';

export interface Carried {
  /** What was imported, said first. */
  readonly lead: string;
  /** What still waits. */
  readonly waiting: Waiting | null;
}

export function carryOut(scene: Scene, plan: ImportPlan, { lead, waiting }: Carried): Turn {
  const after = withImported(scene, plan);
  const changed = plan.lists.filter((each) => each.changed.length + each.added.length > 0);
  const lines = [lead, ...changed.map(({ list }) => totalsLine(after, list))];
  if (after.report.draft.size === 0 && !after.report.filed) {
    const content = say([...lines, '要报本期的数，回“上报”。'], ['上报']);
    return turn(stateOf(scene, { waiting }), content, effectsOf(plan));
  }
  const { state, content } = nextStep(after, lines);
  return turn({ ...state, waiting }, content, effectsOf(plan));
}

/** 已导入：项目清单新增3项、修改1项；统计表6项。 */
export function importedLine(scene: Scene, plan: ImportPlan): string {
  const lists = plan.lists.flatMap(({ list, changed, added }) => {
    const counts = [
      added.length > 0 ? `新增${added.length}项` : '',
      changed.length > 0 ? `修改${changed.length}项` : '',
    ];
    const told = counts.filter(Boolean).join('、');
    return told === '' ? [] : [`${list.short}${told}`];
  });
  const figures = plan.figures?.given.length ?? 0;
  return `已导入：${[...lists, ...(figures > 0 ? [`${scene.definition.short}${figures}项`] : [])].join('；')}。`;
}
