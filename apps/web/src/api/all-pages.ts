interface CursorPage<Row, Cursor> {
  items: Row[];
  next_cursor: Cursor | null;
}

/**
 * Every page of a list, in order. For lists that a page needs as a whole, such as what one user has deployed.
 * @param most no further page is asked for once there are so many rows
 */
export async function allPages<Row, Cursor extends string | number = string>(
  fetchPage: (cursor: Cursor | undefined) => Promise<CursorPage<Row, Cursor>>,
  most = Infinity,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await fetchPage(cursor);
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && rows.length < most);
  return rows;
}
