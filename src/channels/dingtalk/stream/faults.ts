/** How a fault goes into the log. */

interface Fault {
  readonly type: string;
  readonly code?: string;
  readonly at: readonly string[];
}

/** Type, code and places in the code: the message of a database error quotes what people wrote. */
export function describe(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, ...(code !== undefined && { code }), at: at.map((line) => line.trim()) };
}
