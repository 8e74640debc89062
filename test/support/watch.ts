/** Waiting for something to have happened, without sleeping: whoever changes something says so. */
export class Watch {
  private readonly waiting = new Set<() => void>();

  /** Something changed. */
  ring(): void {
    for (const look of [...this.waiting]) look();
  }

  /** Resolves with the first value that is there: neither undefined nor false. */
  until<T>(look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const again = () => {
        const found = look();
        if (found === undefined || found === false) return;
        this.waiting.delete(again);
        resolve(found);
      };
      this.waiting.add(again);
      again();
    });
  }
}
