/** Answers to tap as the buttons of a card, which apps and smart robots of WeCom show alike (paths 90236 and 101032). */
import type { Choice } from '../content';

export interface ChoiceCard {
  readonly card_type: 'button_interaction';
  readonly main_title: { readonly title: string };
  readonly task_id: string;
  readonly button_list: readonly { readonly text: string; readonly style: number; readonly key: string }[];
}

const mostButtons = 6;
export const longestButton = 10;
const longestKeyBytes = 1024;

/** Null when the choices do not fit on the buttons of one card: their labels would be cut, or two keys be the same. */
export function choiceCard(id: string, choices: readonly Choice[]): ChoiceCard | null {
  const keys = new Set(choices.map(({ text }) => text));
  const fits = ({ label, text }: Choice): boolean =>
    label !== '' &&
    Array.from(label).length <= longestButton &&
    text !== '' &&
    Buffer.byteLength(text) <= longestKeyBytes;
  if (choices.length === 0 || choices.length > mostButtons || keys.size < choices.length) return null;
  if (!choices.every(fits)) return null;
  return {
    card_type: 'button_interaction',
    main_title: { title: '请选择，也可以直接打字' },
    task_id: `choice-${id}`,
    button_list: choices.map(({ label, text }, index) => ({ text: label, style: index === 0 ? 1 : 2, key: text })),
  };
}

const longestMark = 20;

/** What a card says once it was tapped. */
export function chosenMark(chosen: string, longest = longestMark): string {
  return Array.from(`已选：${chosen}`).slice(0, longest).join('');
}
