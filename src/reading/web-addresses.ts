/** Web addresses in a message; they are kept as they were typed. Only http(s), www. and names under a known top-level domain count. */
const stop = String.raw`\s\u4e00-\u9fff\ue000，。；、！？“”‘’《》"'<>()`;
const address = new RegExp(
  String.raw`https?:\/\/[^${stop}]+|(?<![\w@.-])www\.[^${stop}]+|` +
    String.raw`(?<![\w@./-])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:com|cn|net|org|gov|edu|info|top|vip|io|site|tech|cc)(?:\.cn)?(?::\d+)?(?:\/[^${stop}]*)?(?![\w@])`,
  'gi',
);

export interface AddressSpan {
  readonly start: number;
  readonly end: number;
  readonly address: string;
}

export function findAddresses(text: string): readonly AddressSpan[] {
  return [...text.matchAll(address)].map((match) => {
    const trimmed = match[0].replace(/[.,;:!?\])]+$/, '');
    return { start: match.index, end: match.index + trimmed.length, address: trimmed };
  });
}

/** The whole text is one address with a host that can exist. */
export function isWebAddress(text: string): boolean {
  const [found] = findAddresses(text);
  if (found?.address !== text) return false;
  return (
    URL.canParse(/^https?:/i.test(text) ? text : `https://${text}`) && /[a-z\d]\.[a-z\d]|localhost|:\d/i.test(text)
  );
}
