/** Which lines of a table its progress bulletin shows. */
export interface BulletinLayout<Key extends string = string> {
  /** The totals, in this order, each against last month. */
  readonly totals: readonly Key[];
}
