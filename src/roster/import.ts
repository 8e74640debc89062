/** Imports a roster file: shows what would change, and once somebody agrees changes just that, or nothing at all. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readRows } from '../sheets/read';
import { applyRoster, lockRoster } from './apply';
import { type Desk, type Exit, exits } from './desk';
import { describeFormer, findHandovers, findReturns } from './former';
import { describePlan, planRoster, type RosterPlan, readRoster } from './roster';
import { fingerprint, loadRoster, type RosterState } from './store';

/** @param agreed apply without asking. */
export async function importRoster(path: string, agreed: boolean, desk: Desk): Promise<Exit> {
  const table = await readTable(path);
  if (!table.ok) {
    desk.print(`${path}：${table.reason}`);
    return exits.refused;
  }
  const state = await desk.database.read((tx) => loadRoster(tx, desk.clock.now()));
  const plan = planRoster(readRoster(table.rows, state.units), state.current, state.units);
  desk.print(describeImport(plan, state));
  if (plan.problems.length > 0) {
    desk.print('没有改动。');
    return exits.refused;
  }
  if (plan.add.length + plan.change.length === 0) {
    desk.print('与已登记的一致，无需改动。');
    return exits.done;
  }
  if (!agreed && !(await isAgreed(desk))) return exits.notAgreed;
  return applyPlan(plan, state, desk);
}

type Table = Awaited<ReturnType<typeof readRows>>;

async function readTable(path: string): Promise<Table> {
  try {
    return await readRows({ name: basename(path), bytes: await readFile(path) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { ok: false, reason: code === 'ENOENT' ? '找不到这个文件' : `读不了这个文件（${code}）` };
  }
}

function describeImport(plan: RosterPlan, { former }: RosterState): string {
  const returns = findReturns(plan, former);
  return [describePlan(plan), describeFormer(returns, findHandovers(plan, former, returns))]
    .filter((text) => text !== '')
    .join('\n');
}

async function isAgreed({ confirm, print }: Desk): Promise<boolean> {
  if (!confirm) {
    print('没有改动：这里没有终端可以确认。核对后加 --yes 再运行。');
    return false;
  }
  const agreed = await confirm('照此导入吗？');
  if (!agreed) print('没有改动。');
  return agreed;
}

/** What is written is what was shown: not even the service's own changes in between may slip under it. */
async function applyPlan(plan: RosterPlan, shown: RosterState, { database, clock, print }: Desk): Promise<Exit> {
  const isApplied = await database.transact(async (tx) => {
    await lockRoster(tx, shown);
    const now = clock.now();
    if (fingerprint(await loadRoster(tx, now)) !== fingerprint(shown)) return false;
    await applyRoster(tx, plan, shown, now);
    return true;
  });
  print(
    isApplied
      ? `已导入：新增${plan.add.length}人，变更${plan.change.length}人，不变${plan.same.length}人。`
      : '没有改动：名册刚被别人改过，请重新运行，核对后再确认。',
  );
  return isApplied ? exits.done : exits.refused;
}
