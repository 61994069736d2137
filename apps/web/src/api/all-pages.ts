/** Every page of a list, in order. For lists that a page needs as a whole, such as what one user has deployed. */
export async function allPages<Row>(
  fetchPage: (cursor: string | undefined) => Promise<{ items: Row[]; next_cursor: string | null }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}
