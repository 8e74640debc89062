/** Fills an empty trial: people, a group, and last month's reports, filed through the same doors as any report. */
import { Assignment } from '../../entities/assignment';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import { termsOf } from '../calendar/periods';
import { inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';
import { addAnswers, openFiling } from '../filing/draft';
import { addEntry } from '../filing/lists';
import { loadReport, type ReportKey } from '../filing/report';
import { submitReport } from '../filing/submit';
import type { TableDefinition } from '../table/definition';
import { type SamplePerson, sampleGroup, samplePeople } from './sample-people';
import { type SampleReport, samplePeriod, sampleReports } from './sample-reports';

export const trialChannel = 'playground';

/** Does nothing once there are people. */
export async function seedTrial(database: Database, tables: readonly TableDefinition[]): Promise<void> {
  await database.transact(async (tx) => {
    if (await tx.existsBy(Person, {})) return;
    const units = new Map((await tx.find(Unit)).map((unit) => [unit.code, unit.id]));
    const contacts = await addPeople(tx, units);
    await bindGroup(tx, units.get('XY') ?? 0);
    for (const report of sampleReports) {
      const who = { unitId: units.get(report.unit) ?? 0, personId: contacts.get(report.unit) ?? 0 };
      await fileSample(tx, tables, report, who);
    }
  });
}

/** Returns the first contact of each unit, by the unit's code. */
async function addPeople(tx: Tx, units: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
  const contacts = new Map<string, number>();
  for (const sample of samplePeople) {
    const personId = await addPerson(tx, sample, units.get(sample.unit) ?? 0);
    if (sample.role === 'contact' && !sample.deputy) contacts.set(sample.unit, personId);
  }
  return contacts;
}

/** The day of the notice. */
const startOfPilot = new Date('2023-04-25T00:00:00+08:00');

async function addPerson(tx: Tx, sample: SamplePerson, unitId: number): Promise<number> {
  const { name, title, userId, role, deputy } = sample;
  const { identifiers } = await tx.insert(Person, { name, title, createdAt: startOfPilot });
  const personId = Number(identifiers[0]?.['id']);
  await tx.insert(Identity, { channel: trialChannel, userId, personId });
  await tx.insert(Assignment, { personId, unitId, role, deputy, since: startOfPilot });
  return personId;
}

async function bindGroup(tx: Tx, unitId: number): Promise<void> {
  const { id: chatId, name } = sampleGroup;
  await tx.insert(ChatBinding, { channel: trialChannel, chatId, name, purpose: 'bulletins', unitId });
}

async function fileSample(
  tx: Tx,
  tables: readonly TableDefinition[],
  sample: SampleReport,
  who: { unitId: number; personId: number },
): Promise<void> {
  const definition = tables.find((table) => table.name === 'statistics');
  const list = tables.find((table) => table.name === 'project');
  if (!definition || !list) return;
  const terms = termsOf(definition.cadence, samplePeriod);
  const now = inShanghai(terms.opensAt).plus({ days: 2, hours: 10 }).toJSDate();
  const { unitId, personId } = who;
  for (const values of sample.projects) await addEntry(tx, list, values, { unitId, authorId: personId, now });
  const key: ReportKey = { unitId, definition, period: samplePeriod };
  const filingId = await openFiling(tx, key, await loadReport(tx, key, [list]));
  const answers = Object.entries(sample.figures).map(([field, value]) => ({
    field,
    value,
    notApplicable: null,
    explanation: null,
  }));
  await addAnswers(tx, { filingId, draftNumber: 1 }, answers, { personId, now });
  const report = await loadReport(tx, key, [list]);
  const result = await submitReport(tx, { key, report, terms, personId, now, reason: null });
  if (!result.ok) throw new Error(`the sample report of ${sample.unit} is ${result.refusal.kind}`);
}
