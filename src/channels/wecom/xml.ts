/**
 * The little XML that WeCom speaks: one level of named texts under `<xml>`. No document type and no entities of its own
 * are accepted, every value stays the string it was (`007`, a 64-bit MsgId), and CDATA is kept as written.
 */
import { XMLParser } from 'fast-xml-parser';

export type Fields = ReadonlyMap<string, string>;

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, htmlEntities: false });

/**
 * The texts under the root `<xml>`, or null when this is not such a document. A name that occurs twice is left out, so
 * that nobody can say one thing to the check and another to the reader.
 */
export function readXml(source: string): Fields | null {
  if (hasDocumentType(source)) return null;
  const root = parse(source);
  if (!root) return null;
  return new Map(Object.entries(root).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Texts become CDATA, numbers stand bare. */
export function writeXml(fields: Readonly<Record<string, string | number>>): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    const body = typeof value === 'number' ? String(value) : cdata(value);
    return `<${name}>${body}</${name}>`;
  });
  return `<xml>${elements.join('')}</xml>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function parse(source: string): object | null {
  try {
    const document: unknown = parser.parse(source, true);
    return isObject(document) && 'xml' in document && isObject(document.xml) ? document.xml : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `<!DOCTYPE` or `<!ENTITY` stands anywhere outside CDATA, where a person may well write it. Linear in the input. */
function hasDocumentType(source: string): boolean {
  const [head = '', ...rest] = source.split('<![CDATA[');
  const outside = rest.map((piece) => {
    const end = piece.indexOf(']]>');
    return end < 0 ? '' : piece.slice(end);
  });
  return [head, ...outside].some((piece) => /<!(?:DOCTYPE|ENTITY)/i.test(piece));
}
