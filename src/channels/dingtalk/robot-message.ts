/**
 * What DingTalk sends for a message to the robot: the body over HTTP and the `data` of a Stream frame are the same. The
 * documentation and the samples disagree on types, so no field that can be done without may make a message unreadable.
 */
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const numeric = z.coerce.number().int().optional().catch(undefined);
/** `errorCode` is a number or a string; which of the two is not documented. */
const code = z.coerce.string().optional().catch(undefined);

const piece = z.object({ text, type: text, downloadCode: text }).catch({});

const media = z
  .object({
    downloadCode: text,
    recognition: text,
    fileName: text,
    richText: z.array(piece).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

export const robotMessage = z.object({
  msgtype: text,
  msgId: text,
  conversationType: text,
  conversationId: text,
  senderId: text,
  senderStaffId: text,
  chatbotUserId: text,
  robotCode: text,
  sessionWebhook: text,
  sessionWebhookExpiredTime: numeric,
  text: z.object({ content: text }).optional().catch(undefined),
  content: media,
  errorCode: code,
});

export type RobotMessage = z.infer<typeof robotMessage>;
