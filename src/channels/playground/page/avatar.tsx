/** The square at the side of a message: surname of a person, a drawing for the bot and for groups. */
import { hueOf } from './format';
import { BotIcon, GroupIcon } from './icons';

export function PersonAvatar({ id, name }: { id: string; name: string }) {
  return (
    <span class={`avatar hue-${hueOf(id)}`} aria-hidden="true">
      {[...name][0] ?? '?'}
    </span>
  );
}

export const BotAvatar = () => (
  <span class="avatar bot" aria-hidden="true">
    <BotIcon />
  </span>
);

export const GroupAvatar = () => (
  <span class="avatar group" aria-hidden="true">
    <GroupIcon />
  </span>
);
