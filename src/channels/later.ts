/** Doing something later, for channels that keep a connection: a part that tests hand in, so that none of them waits. */

/** Runs `work` once after `delayMs`; the returned function calls it off. */
export type Later = (work: () => void, delayMs: number) => () => void;

/** On the machine's timer, which does not keep the process alive. */
export const laterOnTimer: Later = (work, delayMs) => {
  const timer = setTimeout(work, delayMs).unref();
  return () => clearTimeout(timer);
};
