import fc from 'fast-check';
import { newId } from '@assay/primitives/ids';
import { LIST_ORDERS, type PageRead } from '../../src/records/list-page';

interface Listed {
  /** Writes a row of the owner and gives its id; `age` says how long before the others it was made. */
  add(ownerId: string, age: number): Promise<string>;
  list(ownerId: string, page: PageRead): Promise<{ id: string }[]>;
}

const RUNS = 12;
/** Others write after so many pages at most: a reader of the oldest sees what comes behind, and would never end. */
const WRITTEN_AFTER = 3;

/** That pages, one after the other, have every row that was there once and in its order, whatever is written meanwhile. */
export async function showsEachOnce(ages: fc.Arbitrary<number>, open: () => Listed): Promise<void> {
  const pages = fc.integer({ min: 1, max: 4 });
  const rows = fc.array(ages, { maxLength: 7 });
  const property = fc.asyncProperty(fc.constantFrom(...LIST_ORDERS), pages, rows, async (order, limit, all) => {
    const { add, list } = open();
    const ownerId = newId();
    const made: { id: string; age: number }[] = [];
    for (const age of all) made.push({ id: await add(ownerId, age), age });
    const oldestFirst = made.sort((a, b) => b.age - a.age || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    const seen: string[] = [];
    for (let page = 1, cursor: string | undefined; ; page += 1) {
      const shown = (await list(ownerId, { order, limit, cursor })).map(({ id }) => id);
      seen.push(...shown);
      if (shown.length < limit) break;
      cursor = seen.at(-1);
      if (page <= WRITTEN_AFTER) await add(ownerId, -page);
    }
    expect(new Set(seen).size).toBe(seen.length);
    const known = new Set(oldestFirst);
    expect(seen.filter((id) => known.has(id))).toEqual(order === 'newest' ? oldestFirst.reverse() : oldestFirst);
  });
  await fc.assert(property, { numRuns: RUNS });
}
