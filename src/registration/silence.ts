/**
 * When a stranger gets no answer: two bots that answer each other would go on for ever. The same message again, our own
 * words come back, and talk that leads nowhere are answered once and then no more.
 */
import type { Registration } from '../../entities/registration';
import { inShanghai } from '../clock';
import { isOurWording } from './wording';

export type Heard = Pick<Registration, 'heard' | 'answeredAt' | 'fruitless'>;

/** Somebody who says the same after this long wants to know how things stand. */
const repeatMinutes = 10;
/** A person gives up much earlier. */
const mostFruitless = 10;
const restMinutes = 60;

/** @param message `mark` tells the same message again, `text` is what it says. */
export function staysSilent(
  before: Heard,
  message: { readonly mark: string; readonly text: string },
  now: Date,
): boolean {
  const { answeredAt } = before;
  if (answeredAt === null) return false;
  const minutes = inShanghai(now).diff(inShanghai(answeredAt), 'minutes').minutes;
  if (message.mark === before.heard && minutes < repeatMinutes) return true;
  if (isOurWording(message.text)) return true;
  return before.fruitless >= mostFruitless && minutes < restMinutes;
}
