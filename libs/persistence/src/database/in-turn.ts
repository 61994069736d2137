/** `each` of every item, one after the other: a transaction has one connection, which runs one statement at a time. */
export async function inTurn<T, R>(items: readonly T[], each: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) results.push(await each(item, index));
  return results;
}
