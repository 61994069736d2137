import { hasEveryWord, searchWordsOf } from './search-words';

describe('words of a search', () => {
  it('are parted by whitespace of any kind', () => {
    expect(searchWordsOf('  trend\tfollow\u00a0the ')).toEqual(['trend', 'follow', 'the']);
    expect(searchWordsOf(' ')).toEqual([]);
  });

  it.each([
    ['trend follow', true],
    ['FOLLOW trend', true],
    ['low end', true],
    ['trend followed', false],
    ['', true],
  ])('%j in "Follow the trend": %s', (words, found) => {
    expect(hasEveryWord('Follow the trend', words)).toBe(found);
  });
});
