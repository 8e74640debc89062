/** What a check found, in the words of whoever runs the service: what is so, and what to do about it. */

/** `note` is worth knowing and breaks nothing. */
export type Mark = 'good' | 'bad' | 'note';

export interface Finding {
  readonly mark: Mark;
  readonly text: string;
  /** What to mend and on which page. */
  readonly advice: string | null;
}

export const good = (text: string): Finding => ({ mark: 'good', text, advice: null });
export const bad = (text: string, advice: string): Finding => ({ mark: 'bad', text, advice });
export const note = (text: string, advice: string | null = null): Finding => ({ mark: 'note', text, advice });

/** What a channel is checked against besides its own settings. */
export interface Installation {
  readonly publicUrl: string | null;
  /** The accounts under which people in post are registered on the platform. */
  readonly accounts: readonly string[];
  /** The groups that are bound to the channel. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}
