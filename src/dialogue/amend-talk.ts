/** 企业数填错了, 回到第一项, 报错了怎么办: somebody wants to change something and has not said to what. Also a 好的 to nothing in particular. */
import { say } from '../channels/content';
import { aliasesOf } from '../reading/field-names';
import { readNumeral } from '../reading/numerals';
import { askedFields, type FieldDefinition } from '../table/definition';
import { goBack } from './asides';
import { exampleChange } from './examples';
import { latestOf } from './figures-talk';
import { bare } from './intents';
import { askField, nothingToConfirm, stateOf } from './next';
import { missingIn, type Scene, valuesIn } from './scene';
import type { DialogueState } from './state';
import { type Handler, type Turn, turn } from './turn';
import { preceded, showValue } from './wording';

const wrong = '(?:[填写报说弄输]?错了?|不对|有误|有问题|要改|需要改|得改|改一改|改改)';
const suffix = '(?:的数|数据?|那一?项|这一?项|那个|这个)?';
const turning = new RegExp(`^(?:回到|返回|退回到?|要?修改|更改|要?改|重填|重新填)(?:一下)?(.{1,12}?)${suffix}$`);
const complaining = new RegExp(`^(?:我|刚才|刚刚|前面)?的?(.{1,12}?)${suffix}${wrong}$`);
const howTo =
  /^(?:我|刚才|刚刚|前面|之前|数据?|都)*(?:[报填写弄搞]错了?|有错|有误)(?:了?(?:怎么办|怎么改|咋办|咋改|想改|要改))?$|^(?:我)?(?:想|要)?(?:怎么|如何|怎样|咋)(?:改|修改|更正|撤回|撤销|撤)(?:数据?|数字)?$|^(?:想|要)?(?:改|修改)(?:数据?|数字)?$/;

export const amendTalk: Handler = (scene, state, text) => {
  if (state.entry || scene.report.status === 'accepted') return null;
  const said = bare(text);
  if (howTo.test(said)) return goBack(scene, state, howToChange(scene));
  const target = turning.exec(said)?.[1] ?? complaining.exec(said)?.[1];
  const field = target === undefined ? null : fieldMeant(scene, target);
  return field ? askInstead(scene, state, field) : null;
};

function howToChange(scene: Scene): string {
  const change = `要改直接说改哪一项，如“${exampleChange(scene)}”，核对后再回“确认”。`;
  return scene.report.filed ? `${change}整份要收回，回“撤回”。` : change;
}

/** 企业, 第二项, 上一项 */
function fieldMeant(scene: Scene, words: string): FieldDefinition | null {
  const fields = askedFields(scene.definition);
  const ordinal = /^第(\d{1,2}|[一二三四五六七八九十]{1,2})[项题个栏]$/.exec(words)?.[1];
  if (ordinal !== undefined) return fields[numberOf(ordinal) - 1] ?? null;
  const key = /^上一?[项个题]$/.test(words) ? latestOf(scene) : null;
  return scene.definition.fields.find((field) => field.key === key || aliasesOf(field).includes(words)) ?? null;
}

function numberOf(words: string): number {
  const reading = readNumeral(words);
  return reading.kind === 'exact' ? Number(reading.value) : Number.NaN;
}

function askInstead(scene: Scene, state: DialogueState, field: FieldDefinition): Turn {
  if (field.derived) {
    const list = scene.lists.find(({ name }) => name === field.derived?.list)?.short ?? '清单';
    const line = `${field.short}由${list}得出。要改请先回“${list}”看是哪一项，再说“第2项使用费改成3万”。`;
    return goBack(scene, state, line);
  }
  const value = valuesIn(scene)[field.key];
  if (value === undefined || missingIn(scene).includes(field)) {
    const { state: next, content } = askField(scene, field);
    return turn(next, content);
  }
  const isText = field.kind === 'text';
  const line = `${field.short}现在是${showValue(field, value)}，应为${isText ? '什么' : '多少'}？`;
  return turn(stateOf(scene, { asked: field.key }), say([line]));
}

/** Two bots would thank each other for ever. */
const courtesiesAtMost = 3;

/** 好的, when no summary is on the table: the open question once more, else where the report stands. */
export function agree(scene: Scene, state: DialogueState): Turn | null {
  const asked = missingIn(scene).find(({ key }) => key === state.asked);
  if (asked) {
    const { state: next, content } = askField(scene, asked);
    return turn(next, preceded(['这一项还没填：'], content));
  }
  const said = state.misses ?? 0;
  if (state.asked !== null || state.pending !== null || said >= courtesiesAtMost) return null;
  return turn({ ...state, misses: said + 1 }, standing(scene));
}

function standing(scene: Scene) {
  const { report } = scene;
  if (report.draft.size > 0) return say(['好的。草稿还没有提交，回“继续”接着填。'], ['继续']);
  if (report.status === 'accepted') return nothingToConfirm(scene);
  return report.filed
    ? say([`好的，本期已报（${report.filed.receipt}）。`])
    : say(['好的。要报时回“上报”。'], ['上报']);
}
