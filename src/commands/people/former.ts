/** Somebody whose post ended: told who it is now, whatever they want to report or see. */
import { IsNull, MoreThan } from 'typeorm';
import { Assignment } from '../../../entities/assignment';
import { Succession } from '../../../entities/succession';
import { Unit } from '../../../entities/unit';
import { contactNames } from '../../access/holders';
import { type Content, say } from '../../channels/content';
import { awaitedSince } from '../../registration/succession';
import type { Talk } from '../command';

/** Null for who holds a post, or never was a contact. */
export async function tellFormer({ tx, now, speaker }: Talk): Promise<Content | null> {
  if (speaker.posts.length > 0) return null;
  const post = await tx.findOne(Assignment, {
    where: { personId: speaker.personId, role: 'contact' },
    order: { until: 'DESC' },
  });
  const unit = post && (await tx.findOneBy(Unit, { id: post.unitId }));
  if (!unit) return null;
  const names = (await contactNames(tx, [unit.id], now)).get(unit.id) ?? [];
  const open = await tx.findOne(Succession, {
    where: { unitId: unit.id, closedAt: IsNull(), orderedAt: MoreThan(awaitedSince(now)) },
    order: { id: 'DESC' },
  });
  const who = [...(open ? [`${open.name}（登记中）`] : []), ...names];
  const whom = who.length > 0 ? `现联络员为${who.join('、')}` : '现在还没有新的联络员';
  return say([`您已不再负责${unit.short}，${whom}。有疑问请联系市局。`]);
}
