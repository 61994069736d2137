import { pageOf, revisionPageOf } from './page';

const ROWS = ['a', 'b', 'c', 'd', 'e'].map((id, i) => ({ id, revision: i + 1 }));

/** All pages, one after the other, by the cursors they give. */
async function pagesOf<C>(
  ask: (cursor: C | undefined) => Promise<{ items: unknown[]; next_cursor: C | null }>,
): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  for (let cursor: C | null | undefined; cursor !== null;) {
    const page = await ask(cursor);
    pages.push(page.items);
    cursor = page.next_cursor;
  }
  return pages;
}

describe('pages', () => {
  const read = (limit: number, cursor = '') => Promise.resolve(ROWS.filter(({ id }) => id > cursor).slice(0, limit));

  it.each([
    [2, [['a', 'b'], ['c', 'd'], ['e']]],
    [5, [['a', 'b', 'c', 'd', 'e']]],
    [4, [['a', 'b', 'c', 'd'], ['e']]],
  ])('of %i rows hold every row once', async (limit, expected) => {
    const pages = await pagesOf<string>((cursor) =>
      pageOf({ limit, cursor }, read, (rows) => rows.map(({ id }) => id)),
    );
    expect(pages).toEqual(expected);
  });

  it('of no rows are one, that is empty', async () => {
    expect(
      await pageOf(
        {},
        () => Promise.resolve([]),
        (rows) => rows,
      ),
    ).toEqual({ items: [], next_cursor: null });
  });

  it('of what is numbered go on after the number', async () => {
    const numbered = (limit: number, after: number) =>
      Promise.resolve(ROWS.filter(({ revision }) => revision > after).slice(0, limit));
    const pages = await pagesOf<number>((cursor) =>
      revisionPageOf({ limit: 2, cursor }, numbered, (rows) => rows.map(({ revision }) => revision)),
    );
    expect(pages).toEqual([[1, 2], [3, 4], [5]]);
  });
});
