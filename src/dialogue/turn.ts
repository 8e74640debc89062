/** What one message leads to: a new state, what is to be written, and what is said. */
import type { Content } from '../channels/content';
import type { Answer } from '../filing/draft';
import type { Values } from '../table/definition';
import type { Scene } from './scene';
import type { DialogueState } from './state';

export type Effect =
  | { readonly kind: 'answer'; readonly answers: readonly Answer[] }
  | { readonly kind: 'submit'; readonly reason: string | null }
  | { readonly kind: 'discard' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'addEntry'; readonly list: string; readonly values: Values }
  | { readonly kind: 'changeEntry'; readonly list: string; readonly entryId: number; readonly values: Values }
  | { readonly kind: 'removeEntry'; readonly list: string; readonly entryId: number };

export interface Turn {
  readonly state: DialogueState;
  readonly effects: readonly Effect[];
  /** What is said; a submission's receipt is put before it once it is written. */
  readonly content: Content;
}

/** One kind of thing a person may say: null when the message is none of it. */
export type Handler = (scene: Scene, state: DialogueState, text: string) => Turn | null;

export const turn = (state: DialogueState, content: Content, effects: readonly Effect[] = []): Turn => ({
  state,
  effects,
  content,
});
