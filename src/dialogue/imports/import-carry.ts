/** Carries out a dry run that was confirmed, and goes on with the report. */
import { say } from '../../channels/content';
import { countWrites, type ImportPlan, writesOf } from '../../imports/plan';
import { askWhose, splitContested } from '../contested';
import { totalsLine } from '../entries/entry-writing';
import { nextStep, stateOf } from '../next';
import type { Scene } from '../scene';
import type { Waiting } from '../state';
import { type Turn, turn } from '../turn';
import { effectsOf, withImported } from './import-scene';

export interface Carried {
  /** What was imported, said first; of what is written at once. */
  readonly lead: (written: ImportPlan) => string;
  /** What still waits. */
  readonly waiting: Waiting | null;
}

/** A figure that another contact gave otherwise is put to the person, as if it had been said. */
export function carryOut(scene: Scene, whole: ImportPlan, { lead, waiting }: Carried): Turn {
  const { contested } = splitContested(scene, writesOf(whole).answers);
  const plan = withoutFigures(whole, new Set(contested.map(({ field }) => field)));
  const after = withImported(scene, plan);
  const changed = plan.lists.filter((each) => each.changed.length + each.added.length > 0);
  const told = countWrites(plan) > 0 ? [lead(plan)] : [];
  const lines = [...told, ...changed.map(({ list }) => totalsLine(after, list))];
  const whose = askWhose(after, contested, lines);
  if (whose) return { ...whose, state: { ...whose.state, waiting }, effects: effectsOf(plan) };
  if (after.report.draft.size === 0 && !after.report.filed) {
    const content = say([...lines, '要报本期的数，回“上报”。'], ['上报']);
    return turn(stateOf(scene, { waiting }), content, effectsOf(plan));
  }
  const { state, content } = nextStep(after, lines);
  return turn({ ...state, waiting }, content, effectsOf(plan));
}

function withoutFigures(plan: ImportPlan, keys: ReadonlySet<string>): ImportPlan {
  const { figures } = plan;
  if (!figures || keys.size === 0) return plan;
  return { ...plan, figures: { ...figures, given: figures.given.filter(({ field }) => !keys.has(field.key)) } };
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
