/** Figures in a message: take what is certain, ask what is not, and say both in one reply. */
import { say } from '../channels/content';
import type { Answer } from '../filing/draft';
import { readFields } from '../reading/fields';
import type { Ask, Reading, Taken } from '../reading/reading';
import { type FieldDefinition, fieldOf } from '../table/definition';
import { askChoices, askLine, onlyOffer, soundAsks } from './asks';
import { askMismatch, askWhose, findMismatch, splitContested, stillContested } from './contested';
import { type Next, nextStep, stateOf } from './next';
import { lastValues, missingIn, openComplaints, readingContext, type Scene, valuesIn, withAnswers } from './scene';
import type { DialogueState, Pending } from './state';
import { type Effect, type Handler, type Turn, turn } from './turn';
import { choicesOf, questionOf, showField, showTaken, showValue } from './wording';

export const figuresTalk: Handler = (scene, state, text) => {
  // A reason is wanted: a number in it is not an answer unless it names its field.
  const asked = state.pending?.kind === 'explain' ? null : state.asked;
  const words = withLatestNamed(scene, withoutUnit(scene, text));
  const reading = readFields(words, readingContext(scene, asked));
  if (!holdsAnything(reading)) return null;
  const { pending } = state;
  if (pending?.kind === 'offer' && repeats(pending, text, reading)) return takeOffer(scene, state, pending);
  return takeReading(scene, state, { ...reading, asks: soundAsks(scene, words, reading.asks) }, reasonIn(text));
};

type Offer = Extract<Pending, { kind: 'offer' }>;

/** The number that was offered, said once more by itself. */
function repeats({ field, value }: Offer, text: string, { taken, asks }: Reading): boolean {
  const [ask, another] = asks;
  const isSame = ask?.candidates.some((each) => each.field === field && each.value === value);
  return taken.length === 0 && !another && isSame === true && /^\s*\d+\s*[家件项个户]?[。.!！]?\s*$/.test(text);
}

/** The reading that was offered is what was meant. */
export function takeOffer(scene: Scene, state: DialogueState, { field, value }: Offer): Turn {
  const taken = [{ kind: 'value', field, value, words: value } as const];
  const reading = { taken, asks: [], statedDerived: {}, allSame: false, rest: '' };
  return takeReading(scene, { ...state, pending: null }, reading);
}

/** 光山企业27 is 企业27 for somebody who reports Guangshan; 光山县绿野公司 stays the name that it is. */
function withoutUnit(scene: Scene, text: string): string {
  const { name, short } = scene.unit;
  const spoken = [name, short, short.length > 2 ? short.replace(/[县区]$/, '') : short];
  const said = spoken.find((each) => text.startsWith(each));
  if (said === undefined) return text;
  const rest = text.slice(said.length).replace(/^的/, '');
  const names = scene.definition.fields.flatMap((field) => [field.short, field.name, ...field.synonyms]);
  return names.some((each) => rest.startsWith(each)) ? `我县${rest}` : text;
}

const latest =
  /^(?:把)?(?:上一[项个题条]|上个|刚才(?:那?[项个])?|刚刚(?:那?[项个])?)(?:[^\d]*?)(?:改成|改为|应为|应该是|是)\s*(\S+)$/;

/** 上一项改成21: the one that this person answered last. */
function withLatestNamed(scene: Scene, text: string): string {
  const value = latest.exec(text.trim())?.[1];
  if (value === undefined) return text;
  const key = latestOf(scene);
  return key === null ? text : `${fieldOf(scene.definition, key).short}改成${value}`;
}

/** The field that this person answered last. */
export function latestOf(scene: Scene): string | null {
  const mine = [...scene.report.draft].filter(([, answer]) => answer.authorId === scene.person.id);
  return mine.sort(([, a], [, b]) => b.givenAt.getTime() - a.givenAt.getTime())[0]?.[0] ?? null;
}

function holdsAnything({ taken, asks, statedDerived, allSame }: Reading): boolean {
  return taken.length > 0 || asks.length > 0 || allSame || Object.keys(statedDerived).length > 0;
}

const reasons =
  /[，,；;。\s](?:因为|由于|原因[是为]?[:：]?)\s*([^。；;\n]{2,200})|[，,；;。\s]([^，,；;。\n]*(?:退出|注销|倒闭|失效|到期|重复|剔除|核减)[^，,；;。\n]*)/;

/** 企业20，因为有4家退出: why a figure is what it is, said along with it. */
function reasonIn(text: string): string | null {
  const match = reasons.exec(text);
  return (match?.[1] ?? match?.[2])?.trim() ?? null;
}

/** The reason goes to the one figure of the message that wants one. */
function explained(scene: Scene, answers: readonly Answer[], reason: string | null): readonly Answer[] {
  if (reason === null) return answers;
  const given = new Set(answers.map(({ field }) => field));
  const wanting = openComplaints(withAnswers(scene, answers)).filter(
    ({ field, level }) => level === 'soft' && given.has(field),
  );
  const [complaint, another] = wanting;
  if (!complaint || another) return answers;
  return answers.map((answer) => (answer.field === complaint.field ? { ...answer, explanation: reason } : answer));
}

/** Writes down what was read and says where things stand. */
export function takeReading(scene: Scene, state: DialogueState, reading: Reading, reason: string | null = null): Turn {
  const { clear, contested } = splitContested(scene, answersOf(scene, state, reading));
  const answers = explained(scene, clear, reason);
  const open = [...stillContested(scene, state, reading), ...contested];
  const after = withAnswers(scene, answers);
  const effects: Effect[] = answers.length > 0 ? [{ kind: 'answer', answers }] : [];
  const isReasoned = answers.some(({ explanation }) => explanation !== null);
  const why = isReasoned ? [`已记说明：“${reason}”。`] : [];
  const understood = [...understoodLines(scene, state, answers, reading), ...why];
  const doubts = reading.asks.map((ask) => askLine(scene, ask, (key) => fieldOf(scene.definition, key)));
  const whose = askWhose(after, open, [...understood, ...doubts]);
  if (whose) return { ...whose, effects };
  if (reading.asks.length > 0) return askBack(after, state, reading.asks, understood, effects);
  const mismatch = findMismatch(after, state, reading);
  if (mismatch) return { ...askMismatch(after, mismatch, understood), effects };
  const agreed = agreementLine(after, reading);
  const { state: next, content } = nextStep(after, [...understood, ...agreed]);
  return turn(next, content, effects);
}

export function answersOf(scene: Scene, state: DialogueState, reading: Reading): readonly Answer[] {
  const named = reading.taken.map((taken) => answerOf(scene, taken));
  const last = lastValues(scene);
  const others = missingIn(scene)
    .filter((field) => !named.some((answer) => answer.field === field.key))
    .filter((field) => !reading.asks.some((ask) => ask.field === field.key))
    .filter((field) => reading.allSame || goesAlong(field, state, reading.taken))
    .flatMap((field) => {
      const value = last[field.key];
      return value === undefined ? [] : [plainAnswer(field.key, value)];
    });
  const order = scene.definition.fields.map((field) => field.key);
  return [...named, ...others].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** 平台没变, said of one's own accord, covers the addresses; as the answer to ④ it does not, since ⑤ asks for them. */
function goesAlong(field: FieldDefinition, state: DialogueState, taken: readonly Taken[]): boolean {
  return taken.some((each) => each.kind === 'same' && each.field === field.goesWith && each.field !== state.asked);
}

function answerOf(scene: Scene, taken: Taken): Answer {
  if (taken.kind === 'value') return plainAnswer(taken.field, taken.value);
  if (taken.kind === 'same') return plainAnswer(taken.field, lastValues(scene)[taken.field] ?? null);
  return { field: taken.field, value: null, notApplicable: taken.reason, explanation: null };
}

const plainAnswer = (field: string, value: string | null): Answer => ({
  field,
  value,
  notApplicable: null,
  explanation: null,
});

/** 企业改为42家（原24家）, or what was taken, in one line. */
export function understoodLines(
  scene: Scene,
  state: DialogueState,
  answers: readonly Answer[],
  reading: Reading,
): readonly string[] {
  const before = valuesIn(scene);
  const changed = answers.filter((answer) => answer.value !== null && isChange(before[answer.field], answer.value));
  const fresh = answers.filter((answer) => !changed.includes(answer));
  const changes = changed.map((answer) => changeLine(scene, answer, before[answer.field] ?? ''));
  const taken = fresh.map((answer) => takenText(scene, answer));
  const isPlainAnswer = fresh.length === 1 && reading.taken.length === 1 && fresh[0]?.field === state.asked;
  const lead = isPlainAnswer ? '' : '我理解为：';
  return [...changes, ...(taken.length > 0 ? [`${lead}${taken.join('、')}。`] : [])];
}

const isChange = (before: string | undefined, now: string): boolean => before !== undefined && before !== now;

function changeLine(scene: Scene, answer: Answer, before: string): string {
  const field = fieldOf(scene.definition, answer.field);
  return `${field.short}改为${showValue(field, answer.value ?? '')}（原${showValue(field, before)}）。`;
}

function takenText(scene: Scene, answer: Answer): string {
  const field = fieldOf(scene.definition, answer.field);
  return answer.value === null
    ? `${field.short}不适用（${answer.notApplicable}）`
    : showTaken(scene, field, answer.value);
}

/** Everything doubtful in one reply; the open question stays, or the first doubtful field becomes it. */
function askBack(
  scene: Scene,
  state: DialogueState,
  asks: readonly Ask[],
  understood: readonly string[],
  effects: readonly Effect[],
): Turn {
  const missing = missingIn(scene);
  const doubtful = asks.flatMap((ask) => ask.field ?? []).find((key) => missing.some((field) => field.key === key));
  const stillOpen = missing.find((field) => field.key === state.asked)?.key ?? null;
  const lines = asks.map((ask) => askLine(scene, ask, (key) => fieldOf(scene.definition, key)));
  const reasons = openComplaints(scene).map((complaint) => `${complaint.text}，请附一句说明。`);
  const others = missing.filter((field) => !asks.some((ask) => ask.field === field.key)).map((field) => field.short);
  const left = others.length > 0 ? [`还缺：${others.join('、')}。`] : [];
  const asked = doubtful ?? stillOpen ?? missing[0]?.key ?? null;
  const question = asked === null ? [] : [questionOf(scene, fieldOf(scene.definition, asked))];
  const content = say([...understood, ...reasons, ...lines, ...left, ...question], askChoices(scene, asks));
  return turn(stateOf(scene, { asked, pending: onlyOffer(scene, asks) }), content, effects);
}

function agreementLine(scene: Scene, { statedDerived }: Reading): readonly string[] {
  const stated = Object.entries(statedDerived);
  if (stated.length === 0) return [];
  const list = scene.lists[0]?.short ?? '清单';
  return [`${stated.map(([key, value]) => showField(scene, key, value)).join('、')}，与${list}一致。`];
}

/** The open question once more, after something else was said. */
export function askAgain(scene: Scene, state: DialogueState, before: readonly string[]): Next {
  const field = missingIn(scene).find((each) => each.key === state.asked);
  if (!field) return nextStep(scene, before);
  const content = say([...before, `回到${questionOf(scene, field)}`], choicesOf(scene, field));
  return { state: stateOf(scene, { asked: field.key }), content };
}
