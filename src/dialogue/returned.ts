/** 退回修改: what was sent back, the answers to it, and nothing else asked again. */
import { type Content, say } from '../channels/content';
import { changesBetween } from '../filing/versions';
import { type FieldDefinition, fieldOf, type TableDefinition } from '../table/definition';
import { showFigureChanges } from './corrections/change-words';
import { exampleChange } from './examples';
import { openReturns, type Scene, valuesIn } from './scene';
import { showValue } from './wording';

/** 1项：推送中小微 */
export const returnedNames = (definition: TableDefinition, fields: readonly string[]): string =>
  fields.length === 0
    ? '整表'
    : `${fields.length}项：${fields.map((key) => fieldOf(definition, key).short).join('、')}`;

interface Given {
  readonly fields: readonly string[];
  readonly reason: string;
}

/** What the contacts are told. */
export function returnNotice(scene: Scene, { fields, reason }: Given): Content {
  const { unit, terms, definition, report } = scene;
  const lead = `${unit.short}${terms.label}${definition.short}（${report.filed?.receipt}）退回修改。`;
  const [first] = fields.map((key) => fieldOf(definition, key));
  if (!first) return say([lead, `退回整表。原因：${reason}。`, wholeHint(scene)], ['继续']);
  const values = fields.map((key) => nowLine(scene, fieldOf(definition, key)));
  return say([lead, `退回${fields.length}项：${values.join('；')}。原因：${reason}。`, hintFor(first)]);
}

const soundHint = '数没有错的，回“无误”加说明，如“无误，后台统计滞后”。';
const wholeHint = (scene: Scene): string => `直接说改哪一项，如“${exampleChange(scene)}”，没提到的照旧。${soundHint}`;

const hintFor = (field: FieldDefinition): string =>
  field.derived
    ? `${field.short}由清单得出：回“清单”核对，改对应的那一条。${soundHint}`
    : `直接回正确${field.kind === 'text' ? '的内容' : '数'}即可，其余各项不用重填。${soundHint}`;

/** 推送中小微 现为【300家】 */
function nowLine({ report }: Scene, field: FieldDefinition): string {
  const value = report.filed?.values[field.key];
  return `${field.short} 现为【${value === undefined ? '未填' : showValue(field, value)}】`;
}

/** Whether something is still to be said before it can be filed again. */
export function awaitsAnswer(scene: Scene): boolean {
  const { returned, draft, filed } = scene.report;
  if (!returned) return false;
  if (returned.fields.length > 0) return openReturns(scene).length > 0;
  return draft.size === 0 && changesBetween(scene.definition, filed?.values ?? {}, valuesIn(scene)).length === 0;
}

/** 300→260家，其余各项不变 */
export function showResubmission(scene: Scene): string {
  const changes = changesBetween(scene.definition, scene.report.filed?.values ?? {}, valuesIn(scene));
  return changes.length === 0 ? '各项数不变。' : `${showFigureChanges(changes)}，其余各项不变。`;
}

/** What is still wanted, for a message that did not bring it. */
export function askReturned(scene: Scene): { readonly asked: string | null; readonly content: Content } {
  const { returned } = scene.report;
  const [field] = openReturns(scene);
  const reason = `原因：${returned?.reason ?? ''}。`;
  if (!field)
    return {
      asked: null,
      content: say([`${scene.terms.label}${scene.definition.short}整表退回，${reason}`, wholeHint(scene)]),
    };
  const others = (returned?.fields.length ?? 0) > 1 ? '还有退回的：' : '退回的：';
  const asked = field.derived ? null : field.key;
  return { asked, content: say([`${others}${nowLine(scene, field)}，还没有改。${reason}`, hintFor(field)]) };
}

/** 无误，后台统计滞后 → the words after 无误, empty when there are none; null when it says something else. */
export function soundWords(text: string): string | null {
  const said =
    /^(?:核对)?(?:过了?)?[,，\s]*(?:数据?)?(?:无误|没错|没有错|没有问题|属实|是对的|不用改|不改|不需要改)(?:的|了)?[\s,，。:：;；]*([\s\S]*)$/.exec(
      text.normalize('NFKC').trim(),
    );
  return said ? (said[1] ?? '').replace(/^(?:因为|原因是?|说明)[:：,，\s]*/, '').trim() : null;
}
