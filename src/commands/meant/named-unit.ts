/** The one unit that a question names, if the speaker may read of it; else what to say instead. */
import type { Role } from '../../../entities/assignment';
import { Unit } from '../../../entities/unit';
import { overseeing, reaches } from '../../access/speaker';
import { say } from '../../channels/content';
import { unitsNamedIn } from '../../registration/units';
import type { Outcome, Talk } from '../command';

export type NamedUnit = { readonly unit: Unit } | { readonly refusal: Outcome };

/** @param example how to ask, for who named no unit or several. */
export async function namedUnit(talk: Talk, roles: readonly Role[], example: string): Promise<NamedUnit> {
  const named = await unitsNamedIn(talk.tx, talk.text);
  const [only, second] = named;
  const unit = only && !second ? await talk.tx.findOneBy(Unit, { id: only.id }) : null;
  if (!unit) return refusing(`请说明是哪个单位，如“${example}”。`);
  const posts = overseeing(talk.speaker, roles);
  if (posts.some((post) => reaches(post, unit))) return { unit };
  return refusing(`您只能看${[...new Set(talk.speaker.posts.map((post) => post.unit.short))].join('、')}的数。`);
}

const refusing = (line: string): NamedUnit => ({ refusal: { content: say([line]) } });
