/** Who is told that a message to a group means them: DingTalk wants each in `at` and in the words, and at most 50. */
export function calledIn(body: Readonly<Record<string, unknown>>, words: string): readonly string[] | null {
  const at = (body['at'] ?? {}) as Readonly<Record<string, unknown>>;
  const lists = [at['atUserIds'] ?? [], at['atMobiles'] ?? []];
  const areNames = (list: unknown): list is string[] => Array.isArray(list) && list.every((n) => typeof n === 'string');
  if (!lists.every(areNames) || lists.flat().length > 50) return null;
  const named = lists.flat().filter((name) => words.includes(`@${name}`));
  return at['isAtAll'] === true ? ['@all', ...named] : named;
}
