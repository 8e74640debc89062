/** The talk about a report: finds which one, lets the dialogue decide, writes what it decided, in the caller's transaction. */
import { reportedUnits } from '../../access/speaker';
import { formatDue, formatLock, termsOf } from '../../calendar/periods';
import { type Content, say } from '../../channels/content';
import { runTogether, type Statement } from '../../database/sql';
import { exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import { nothingToConfirm, openOf } from '../../dialogue/next';
import { awaitingReturned } from '../../dialogue/returned-talk';
import type { Scene } from '../../dialogue/scene';
import { idle } from '../../dialogue/state';
import { step } from '../../dialogue/step';
import type { Effect } from '../../dialogue/turn';
import { asOfLine, preceded, reportName, timelinessName, type timelinessNames } from '../../dialogue/wording';
import {
  addingAnswers,
  discardDraft,
  findStalePeriods,
  openFiling,
  restoreDraft,
  type StalePeriod,
} from '../../filing/draft';
import { addEntry, changeEntry, closeEntry } from '../../filing/lists';
import type { ReportKey } from '../../filing/report';
import { type Refusal, submitReport } from '../../filing/submit';
import { readPasted } from '../../sheets/pasted';
import type { Notice, Outcome, Talk } from '../command';
import { callOffReminders } from '../duty/pending-reminders';
import { announceSupplement } from '../duty/supplement';
import { monthOf, periodIn, staleLines, whichPeriod } from '../meant/period-words';
import { refuseAccepted } from './accepted';
import { findReport } from './find-report';
import { handOver } from './hand-over';
import { aboutTables, placeWorkbook, withUpload } from './importing';
import { announceResubmission } from './resubmission';

/** Null when the message is not about a report of the speaker's. */
export async function talkAboutReport(talk: Talk): Promise<Outcome | null> {
  const units = reportedUnits(talk.speaker);
  if (units.length === 0) return null;
  const placed = await placeWorkbook(talk, units);
  if (placed) return placed;
  const pasted = readPasted(talk.text, talk.tables);
  const found = await findReport(pasted ? aboutTables(talk, [pasted]) : talk, units);
  if ('refusal' in found) return found.refusal;
  const { state, isNew } = found;
  const scene = await withUpload(talk, found.scene);
  const turn = step(scene, awaitingReturned(scene, state), talk.text);
  if (!turn) return null;
  const refused = refuseAccepted(scene, turn.effects);
  if (refused) return refused;
  const isOpening = isNew && turn.state.open !== null && !scene.report.returned;
  const stale = isOpening ? await findStalePeriods(talk.tx, keyOf(scene), talk.now) : [];
  if (isEitherPeriod(talk, stale)) return { content: say([whichOf(scene, stale)]), state: idle };
  const { said, notices, writes } = await write(talk, scene, turn.effects);
  const opening = isOpening ? openingLines(talk, scene, { effects: turn.effects, stale }) : [];
  const content = preceded([...opening, ...(said?.blocks ?? [])], turn.content);
  const isFiled = turn.effects.some(({ kind }) => kind === 'submit');
  return { content, state: isFiled ? { ...turn.state, acted: openOf(scene) } : turn.state, notices, writes };
}

/** Where the figures go when the month alone would not say it: 记入7月, and what became of June's draft. */
function openingLines(
  talk: Talk,
  scene: Scene,
  { effects, stale }: { readonly effects: readonly Effect[]; readonly stale: readonly StalePeriod[] },
): readonly string[] {
  const lines = staleLines(scene.definition, stale, talk.now);
  return lines.length > 0 || effects.some(({ kind }) => kind === 'answer')
    ? [`记入${scene.terms.label}（${asOfLine(scene)}）。`, ...lines]
    : [];
}

/** A month that the unit still has leave to file, beside the open one: asked before anything is written. */
const isEitherPeriod = ({ text, now }: Talk, stale: readonly StalePeriod[]): boolean =>
  stale.some(({ reopened }) => reopened) && periodIn(text, now) === null;

function whichOf({ definition, terms }: Scene, stale: readonly StalePeriod[]): string {
  const reopened = stale.filter((each) => each.reopened).map(({ period }) => termsOf(definition.cadence, period));
  return whichPeriod([...reopened, terms]);
}

/** Carries out what the dialogue decided; the receipt or refusal of a submission comes back to be said first. */
async function write(talk: Talk, scene: Scene, effects: readonly Effect[]): Promise<Written> {
  let last = nothingSaid;
  for (const effect of effects) {
    await runTogether(talk.tx, last.writes);
    last =
      effect.kind === 'submit'
        ? await submit(talk, scene, effect.reason)
        : { ...last, writes: await writeOne(talk, scene, effect) };
  }
  return last;
}

interface Written {
  readonly said: Content | null;
  readonly notices: readonly Notice[];
  /** Of the last effect, what can wait for the reply. */
  readonly writes: readonly Statement<undefined>[];
}

const nothingSaid: Written = { said: null, notices: [], writes: [] };

const keyOf = (scene: Scene): ReportKey => ({
  unitId: scene.unit.id,
  definition: scene.definition,
  period: scene.terms.period,
});

async function submit(talk: Talk, scene: Scene, reason: string | null): Promise<Written> {
  const { report, terms } = scene;
  const submission = { key: keyOf(scene), report, terms, personId: scene.person.id, now: talk.now, reason };
  const result = await submitReport(talk.tx, submission);
  if (!result.ok) return { ...nothingSaid, said: refusalText(scene, result.refusal) };
  await callOffReminders(talk, scene.definition, { period: terms.period, unitId: scene.unit.id });
  const notices = [
    ...(await handOver(talk, scene, result.receipt)),
    ...(await announceResubmission(talk, scene, result)),
    ...(await announceSupplement(talk, scene, result)),
  ];
  return { ...nothingSaid, said: receiptOf(scene, result), notices };
}

/** What is left to write, of what can wait. */
async function writeOne(
  { tx, now }: Talk,
  scene: Scene,
  effect: Exclude<Effect, { kind: 'submit' }>,
): Promise<Written['writes']> {
  const { report } = scene;
  const change = { unitId: scene.unit.id, authorId: scene.person.id, now };
  const listOf = (name: string) => scene.lists.find((list) => list.name === name) ?? scene.definition;
  switch (effect.kind) {
    case 'answer': {
      const filingId = await openFiling(tx, keyOf(scene), report);
      const author = { personId: scene.person.id, now };
      return addingAnswers({ filingId, draftNumber: report.draftNumber }, effect.answers, author);
    }
    case 'discard':
      await discardDraft(tx, report, now);
      return [];
    case 'restore':
      await restoreDraft(tx, report);
      return [];
    case 'addEntry':
      await addEntry(tx, listOf(effect.list), effect.values, change);
      return [];
    case 'changeEntry':
      await changeEntry(tx, listOf(effect.list), effect, change);
      return [];
    case 'removeEntry':
      await closeEntry(tx, listOf(effect.list), effect.entryId, change);
      return [];
  }
}

function receiptOf(
  scene: Scene,
  result: { receipt: string; timeliness: keyof typeof timelinessNames; number: number },
) {
  const again = result.number > 1 ? `（第${result.number}版）` : '';
  const late = result.timeliness === 'late' ? `（截止${formatDue(scene.terms)}）` : '';
  return say([
    `已提交${reportName(scene)}${again}，【${timelinessName(result.timeliness, scene.report.firstFiledAt ?? scene.now, scene.terms)}】${late}。`,
    `回执 ${result.receipt}`,
    `锁定前（${formatLock(scene.terms)}）要更正，直接说改哪一项即可。`,
  ]);
}

function refusalText(scene: Scene, refusal: Refusal): Content {
  switch (refusal.kind) {
    case 'unchanged':
      return nothingToConfirm(scene);
    case 'accepted':
      return say([
        `本期已审核通过（${refusal.receipt}），不能再改。要改请申请更正，如“${exampleOfCorrection(scene)}”。`,
      ]);
    case 'locked':
      return say([
        `${reportName(scene)}已于${formatLock(scene.terms)}锁定，未提交。确需补报请回“申请补报${monthOf(scene.terms)} 原因”。`,
      ]);
    case 'not_open':
      return say([`${reportName(scene)}还没到填报时间，未提交。`]);
    case 'incomplete':
      return say(['还有未填的项，未提交。回“继续”接着填。']);
  }
}
