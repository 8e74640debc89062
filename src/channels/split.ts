/** Cuts a long text into messages. Platforms count bytes of UTF-8 and cut or refuse what is longer. */

/**
 * The text in pieces of at most `limitBytes` bytes: between lines where possible, else between characters as a reader
 * sees them. Blank pieces are left out. Only a single code point that is itself longer than the limit exceeds it.
 */
export function splitByBytes(text: string, limitBytes: number): string[] {
  const pieces: string[] = [];
  for (const line of text.split('\n')) {
    const [first = '', ...rest] = cutLine(line, limitBytes);
    const joined = pieces.length > 0 ? `${pieces.at(-1)}\n${first}` : first;
    if (pieces.length > 0 && Buffer.byteLength(joined) <= limitBytes) pieces[pieces.length - 1] = joined;
    else pieces.push(first);
    pieces.push(...rest);
  }
  return pieces.filter((piece) => piece.trim() !== '');
}

function cutLine(line: string, limitBytes: number): string[] {
  if (Buffer.byteLength(line) <= limitBytes) return [line];
  const characters = Array.from(new Intl.Segmenter('zh').segment(line), ({ segment }) => segment);
  // A family of emoji joined into one character, or letters under a heap of marks, may be longer than any message.
  return pack(
    characters.flatMap((one) => (Buffer.byteLength(one) <= limitBytes ? [one] : Array.from(one))),
    limitBytes,
  );
}

function pack(characters: readonly string[], limitBytes: number): string[] {
  const pieces: string[] = [];
  let current: string[] = [];
  let bytes = 0;
  for (const character of characters) {
    const size = Buffer.byteLength(character);
    if (current.length > 0 && bytes + size > limitBytes) {
      pieces.push(current.join(''));
      current = [];
      bytes = 0;
    }
    current.push(character);
    bytes += size;
  }
  return [...pieces, current.join('')];
}
