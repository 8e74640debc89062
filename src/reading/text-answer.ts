/** An answer in words to an open question for a text: 省知识产权交易平台. Names of fields and numbers inside it are part of the text. */
import type { FieldDefinition } from '../table/definition';
import { aliasesOf } from './field-names';
import type { Claim, ReadingContext } from './reading';
import { askAbout, fieldIn } from './reading';
import type { Settled } from './settled';
import type { Statement } from './statement';
import { isOnlyMarks, isProse, isTalk, looksLikeName, readText } from './text-values';

interface AnswerContext {
  readonly context: ReadingContext;
  readonly claims: readonly Claim[];
  readonly statements: readonly Statement[];
  readonly settled: Settled;
}

const lead =
  /^\s*(?:(?:发布)?平台(?:名称)?(?=叫|是|为|:)|我们|用的|就|还)*(?:名称是|叫做|叫|名为|就是|是|为|用的是|:)?\s*/;

/** Null when the message is no such answer and is to be read as figures. */
export function answerText(masked: string, { context, claims, statements, settled }: AnswerContext): Settled | null {
  const field = fieldIn(context, context.asked);
  if (field?.kind !== 'text') return null;
  if (claims.some((claim) => claim.taken.concat().some((taken) => taken.field === field.key))) return null;
  if (claims.some((claim) => claim.asks.some((ask) => ask.field === field.key))) return null;
  if (settled.taken.length > 0 || Object.keys(settled.derived).length > 0 || statements.some(isClear)) return null;
  const text = masked
    .replaceAll('\ue001', '')
    .replace(lead, '')
    .replace(/\ue000+/g, '\n');
  const words = text.trim();
  if (words === '' || isOnlyMarks(words)) return null;
  return readAnswer(field, words);
}

/** A statement that would be one without the open question: 企业改成42, 都不变. */
function isClear(statement: Statement): boolean {
  const hasContent = statement.numbers.some((number) => !number.isAmongWords) || statement.states.length > 0;
  return hasContent && !statement.isUnclear && (statement.names.length > 0 || statement.isAll);
}

/** 张三 is hardly the name of a platform. */
function isOddlyShort(field: FieldDefinition, words: string): boolean {
  return field.many && /^[\u4e00-\u9fa5]{1,3}$/.test(words) && !looksLikeName(words);
}

function readAnswer(field: FieldDefinition, words: string): Settled | null {
  if (field.format === 'url') {
    const isTalking = isTalk(words) || words.length > field.maxLength;
    return isTalking ? null : { taken: [], asks: [askAbout(field, 'not_url', words)], derived: {} };
  }
  if (!isProse(field) && (isTalk(words) || aliasesOf(field).includes(words))) return null;
  if (isOddlyShort(field, words)) return { taken: [], asks: [askAbout(field, 'unreadable_value', words)], derived: {} };
  return { ...readText(field, words, words), derived: {} };
}
