/**
 * The JSON of smart robot messages and events, as they come sealed over HTTP or bare over the long connection
 * (developer.work.weixin.qq.com, paths 100719, 101027 and 101463). Nothing but what is read here is asked of them.
 */
import { z } from 'zod';

const link = z.looseObject({ url: z.string(), aeskey: z.string().optional() });
const words = z.looseObject({ content: z.string() });
const item = z.looseObject({ msgtype: z.string(), text: words.optional(), image: link.optional() });

const said = {
  msgtype: z.string(),
  text: words.optional(),
  voice: words.optional(),
  image: link.optional(),
  file: link.optional(),
  video: link.optional(),
  mixed: z.looseObject({ msg_item: z.array(item) }).optional(),
};

/** The tables of path 101027 write these names without underscores, its examples with; both are taken. */
const tap = z.looseObject({
  event_key: z.string().optional(),
  eventkey: z.string().optional(),
  task_id: z.string().optional(),
  taskid: z.string().optional(),
});

const event = z.looseObject({ eventtype: z.string(), template_card_event: tap.optional() });

export const callbackShape = z.looseObject({
  ...said,
  msgid: z.string().default(''),
  create_time: z.union([z.number(), z.string()]).optional(),
  chatid: z.string().optional(),
  /** Missing where a person opens the chat. */
  chattype: z.string().optional(),
  from: z.looseObject({ userid: z.string().optional() }).optional(),
  response_url: z.string().optional(),
  quote: z.looseObject(said).optional(),
  stream: z.looseObject({ id: z.string() }).optional(),
  event: event.optional(),
});

export type CallbackJson = z.infer<typeof callbackShape>;
/** A message, or what it quotes. */
export type Said = Pick<CallbackJson, keyof typeof said>;
export type Tap = z.infer<typeof tap>;
export type Link = z.infer<typeof link>;

/** Null for what is no callback of a robot. */
export function readCallback(json: unknown): CallbackJson | null {
  return callbackShape.safeParse(json).data ?? null;
}
