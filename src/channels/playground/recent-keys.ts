/** Remembers the newest keys it was given, so that a message posted twice is shown once. */
export class RecentKeys {
  private readonly keys = new Set<string>();

  constructor(private readonly limit: number) {}

  /** False when the key is already known. */
  add(key: string): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    const [oldest] = this.keys;
    if (this.keys.size > this.limit && oldest !== undefined) this.keys.delete(oldest);
    return true;
  }

  forget(key: string): void {
    this.keys.delete(key);
  }
}
