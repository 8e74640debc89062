/** E-mail addresses and phone numbers, found by their shape and by the word before them; what is found is cut out of the text. */
import type { DetailField } from './columns';
import { fieldOfLabel, labelled } from './labels';

export interface Found {
  readonly given: Partial<Record<DetailField, string>>;
  /** The text with a line break in the place of everything that was found. */
  readonly left: string;
}

const address = String.raw`[A-Za-z0-9._%+-]*\s?@\s?[A-Za-z0-9.-]*[A-Za-z0-9-]`;
const emailMark = new RegExp(`(?:${labelled('email')})?(?<value>${address})`, 'gi');
/** Written behind 邮箱 but no address: to be asked again. */
const emailSlip = new RegExp(`${labelled('email')}(?<value>[A-Za-z0-9._%+-]{3,}|没有|暂?无)`, 'gi');

const mobile = String.raw`(?<![\d-])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)`;
const extension = String.raw`(?:\s*(?:转|分机号?|内线|ext\.?|-)\s*\d{1,6}(?!\d))?`;
const landline = String.raw`(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})?[- ]?[2-9]\d{6,7}(?!\d)${extension}`;
const digits = String.raw`(?<!\d)\d[\d-]{5,}\d${extension}`;
const phoneLabel = labelled('officePhone', 'mobile', 'phone');
const labelledPhone = new RegExp(
  `(?<label>${phoneLabel})(?<value>${mobile}|${landline}|\\+?\\d[\\d\\- ()]*\\d${extension}|没有|暂?无)`,
  'gi',
);
const barePhone = new RegExp(`(?<value>${mobile}|${landline}|${digits})`, 'gi');

/** The first of each; a person who gives two is shown the one that was taken. */
export function findContactMarks(text: string): Found {
  const emails = cut(text, [emailMark, emailSlip], () => 'email');
  const labelledOnes = cut(emails.left, [labelledPhone], ({ label = '', value = '' }) => phoneField(label, value));
  const others = cut(labelledOnes.left, [barePhone], ({ value = '' }) => shapeOf(value));
  return { given: { ...others.given, ...labelledOnes.given, ...emails.given }, left: others.left };
}

type Groups = Readonly<Record<string, string | undefined>>;

function cut(text: string, patterns: readonly RegExp[], fieldOf: (groups: Groups) => DetailField): Found {
  const given: Partial<Record<DetailField, string>> = {};
  let left = text;
  for (const pattern of patterns) {
    left = left.replaceAll(pattern, (...match: unknown[]) => {
      const groups = match.at(-1) as Groups;
      given[fieldOf(groups)] ??= (groups['value'] ?? '').trim();
      return '\n';
    });
  }
  return { given, left };
}

function phoneField(label: string, value: string): DetailField {
  const field = fieldOfLabel(label);
  return field === 'officePhone' || field === 'mobile' ? field : shapeOf(value);
}

/** Office phones do not begin with 1; a mobile number with a digit too few or too many still does. */
function shapeOf(value: string): DetailField {
  return /^(?:(?:\+|00)?86[- ]?)?1[\d\- ]{8,}$/.test(value) ? 'mobile' : 'officePhone';
}
