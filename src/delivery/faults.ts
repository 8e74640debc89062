/** How a fault goes into the log: its stack alone, since the other fields of a driver's error repeat what people wrote. */
export function stackOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
