/** What a channel has at work, so that it stops only once all of it is over. */
export class AtWork {
  private readonly works = new Set<Promise<unknown>>();

  /** The work itself, kept in mind until it is over, well or badly. */
  follow<Result>(work: Promise<Result>): Promise<Result> {
    const forget = () => this.works.delete(work);
    this.works.add(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when all of it is over, and what was begun meanwhile. Never rejects. */
  async settle(): Promise<void> {
    while (this.works.size > 0) await Promise.allSettled(this.works);
  }
}
