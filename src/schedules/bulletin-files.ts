/**
 * What goes with the text of a bulletin: the picture, and for those who may read every figure the official workbook. A
 * bulletin whose picture cannot be drawn goes out without it: people wait for the figures.
 */
import { Unit } from '../../entities/unit';
import type { BulletinFacts } from '../bulletins/compose';
import type { OutboundFile } from '../channels/channel';
import { type Content, file, image } from '../channels/content';
import type { Charts } from '../charts/bulletin-chart';
import { storeFile } from '../delivery/files';
import { buildWorkbook } from '../exports/workbook';
import type { UnitStanding } from '../filing/standing';
import { describeFault, type Log } from '../log';
import type { TableDefinition } from '../table/definition';
import type { ScheduledWork } from './reminder';

export interface BulletinMeans {
  readonly tables: readonly TableDefinition[];
  readonly charts: Charts;
  readonly log: Log;
}

export interface Subject {
  /** Path of the unit whose subtree it is. */
  readonly top: string;
  readonly standings: readonly UnitStanding[];
  readonly facts: BulletinFacts;
}

type Work = ScheduledWork & BulletinMeans;

export async function withPictureAndWorkbook(work: Work, subject: Subject, content: Content): Promise<Content> {
  const { tx, definition, tables, charts, now } = work;
  const { top, standings, facts } = subject;
  const told = await withImage(work, facts, content, () => charts.renderBulletinChart(facts));
  const unit = await tx.findOneBy(Unit, { path: top });
  const { terms } = facts;
  const workbook = await buildWorkbook(tx, { definition, tables, terms, scope: unit?.short ?? '', standings, now });
  return add(told, file(await storeFile(tx, workbook, now, 'archived'), workbook.name));
}

export async function withPicture(work: Work, { facts }: Subject, content: Content): Promise<Content> {
  return withImage(work, facts, content, () => work.charts.renderProgressChart(facts));
}

async function withImage(
  { tx, log, now }: Work,
  facts: BulletinFacts,
  content: Content,
  render: () => Promise<Buffer>,
): Promise<Content> {
  const picture = await render().then(
    (bytes): OutboundFile => ({ name: `通报${facts.version}.png`, mediaType: 'image/png', bytes }),
    (fault: unknown) => {
      log.error({ version: facts.version, fault: describeFault(fault) }, 'bulletin.no_picture');
      return null;
    },
  );
  return picture ? add(content, image(await storeFile(tx, picture, now, 'archived'), picture.name)) : content;
}

const add = (content: Content, block: Content['blocks'][number]): Content => ({
  ...content,
  blocks: [...content.blocks, block],
});
