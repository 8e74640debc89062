/**
 * The frames of a Stream connection: JSON with an address in `headers` and the content as JSON in a string (Stream mode,
 * protocol page). Pure: whatever the platform sends becomes a frame or null.
 */
import { z } from 'zod';

export const topics = {
  message: '/v1.0/im/bot/messages/get',
  card: '/v1.0/card/instances/callback',
} as const;

const text = z.string().optional().catch(undefined);

/** No field is always there: samples of SYSTEM frames lack specVersion, that of a disconnect its messageId. */
const frame = z.object({
  type: text,
  headers: z.object({ topic: text, messageId: text }).catch({}),
  data: z.string().catch(''),
});

export type Frame = z.infer<typeof frame>;

export function readFrame(received: string): Frame | null {
  const parsed = frame.safeParse(parse(received));
  return parsed.success ? parsed.data : null;
}

/** The JSON value of a text; undefined when it is none. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** 404 stands for a topic that nobody handles. */
export type AckCode = 200 | 404;

/** What the platform is told about a frame; null when the frame has no id to tell it by. */
export function acknowledge({ headers }: Frame, code: AckCode, data: string): string | null {
  const { messageId } = headers;
  if (!messageId) return null;
  const message = code === 200 ? 'OK' : 'topic not handled';
  return JSON.stringify({ code, headers: { contentType: 'application/json', messageId }, message, data });
}
