/** What bench.ts tells a server under test, and what it hears from it. */
export interface ServerOrder {
  readonly kind: 'start' | 'usage';
  readonly databaseUrl: string;
  /** A stub: nothing is pushed while everything is answered in the response. */
  readonly apiUrl: string;
  /** When it is for the server. */
  readonly now: string;
}

export interface ServerResult {
  readonly port: number;
  /** Processor time until now. */
  readonly cpuMs: number;
}

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
