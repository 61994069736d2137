import { allPages } from './all-pages';

const PAGES = [
  { items: ['a', 'b'], next_cursor: 2 },
  { items: ['c', 'd'], next_cursor: 4 },
  { items: ['e'], next_cursor: null },
];
const asked: (number | undefined)[] = [];
const fetchPage = (cursor: number | undefined) => {
  asked.push(cursor);
  return Promise.resolve(PAGES[(cursor ?? 0) / 2]!);
};

describe('all pages of a list', () => {
  beforeEach(() => asked.splice(0));

  it('are asked for one after the other', async () => {
    expect(await allPages(fetchPage)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked).toEqual([undefined, 2, 4]);
  });

  it('are not asked for beyond what is wanted', async () => {
    expect(await allPages(fetchPage, 3)).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual([undefined, 2]);
  });
});
