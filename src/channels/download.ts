/** One GET of a file that a person sent, bounded in time and size, whichever platform keeps it. */

export interface DownloadLimits {
  readonly limitBytes: number;
  readonly limitMs: number;
}

export type Downloaded =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: 'too_large' | 'unreachable' };

/** The address may carry secrets: it is neither logged nor followed elsewhere. */
export async function download(url: URL, { limitBytes, limitMs }: DownloadLimits): Promise<Downloaded> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(limitMs) });
    const bytes = await readBounded(response, limitBytes);
    if (!bytes) return { ok: false, reason: 'too_large' };
    return { ok: true, status: response.status, headers: response.headers, bytes };
  } catch {
    return { ok: false, reason: 'unreachable' };
  }
}

/** Null, and the connection given up, once the body proves longer. */
async function readBounded(response: Response, limitBytes: number): Promise<Buffer | null> {
  if (Number(response.headers.get('content-length')) > limitBytes) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
