/** 算了先不填, 存草稿, 放弃, 重新填: stopping in the middle of a report. Nothing that was filled in goes without being told so. */
import { formatDue } from '../calendar/periods';
import { say } from '../channels/content';
import { exampleChange } from './examples';
import { intentOf } from './intents';
import { type Next, nextStep, stateOf } from './next';
import { countGiven, type Scene } from './scene';
import { type DialogueState, idle } from './state';
import { type Handler, type Turn, turn } from './turn';

const toTurn = ({ state, content }: Next): Turn => turn(state, content);

/** 算了先不填: keep or give up? */
export const leaveTalk: Handler = (scene, state, text) => {
  const intent = intentOf(text);
  const isAsked = state.pending?.kind === 'leave';
  if (intent === 'save' || (isAsked && intent === 'leave')) return save(scene);
  if (intent === 'discard') {
    return isAsked || scene.report.draft.size > 0 ? discard(scene) : turn(idle, say(['没有草稿。']));
  }
  if (intent === 'deny' && state.pending?.kind === 'review') return notYet(state);
  if (intent === 'restart') return restart(scene);
  if (intent !== 'leave') return null;
  if (state.pending?.kind === 'remove') return toTurn(nextStep(scene, ['好的，没有删除。']));
  if (scene.report.draft.size === 0) return turn(idle, say(['好的，没有记下任何内容。要报时回“上报”。']));
  const { given } = countGiven(scene);
  return turn(
    stateOf(scene, { asked: state.asked, pending: { kind: 'leave' } }),
    say([`要存草稿还是放弃？已填${given}项。`], ['存草稿', '放弃']),
  );
};

/** 重新填: the draft goes only when that is said. */
function restart(scene: Scene): Turn {
  const { given } = countGiven(scene);
  if (scene.report.draft.size === 0) return toTurn(nextStep(scene));
  const lines = [`已填的${given}项都在。只改一项不用重填，直接说，如“${exampleChange(scene)}”；要全部重填请回“放弃”。`];
  const content = say(lines, ['继续', '放弃']);
  return turn(stateOf(scene, { pending: { kind: 'leave' } }), content);
}

function notYet(state: DialogueState): Turn {
  const content = say(['好的，尚未提交。要改哪一项直接说；核对好了回“确认”。'], ['确认', '取消']);
  return turn(state, content);
}

function save(scene: Scene): Turn {
  const { given } = countGiven(scene);
  if (scene.report.draft.size === 0 && !scene.report.filed) {
    return turn(idle, say([`好的，还没有填写。随时回“上报”开始；截止${formatDue(scene.terms)}。`], ['上报']));
  }
  const line = `已存草稿（已填${given}项），尚未提交。随时回“继续”接着填；截止${formatDue(scene.terms)}。`;
  return turn(idle, say([line], ['继续']));
}

function discard({ report }: Scene): Turn {
  const kept = report.filed
    ? `更正草稿已放弃，已报的（${report.filed.receipt}）不变。`
    : '草稿已放弃，没有提交任何数据。';
  const content = say([`${kept}24小时内回“恢复草稿”可以找回。`], ['恢复草稿', '上报']);
  return turn(idle, content, [{ kind: 'discard' }]);
}
