import { placesText, placesWithout } from './undefined-figures';

describe('places in a text', () => {
  it.each([
    [[1], 'fold 1'],
    [[1, 2], 'folds 1 and 2'],
    [[1, 3, 4], 'folds 1, 3 and 4'],
    [[1, 2, 3], 'folds 1 to 3'],
    [[1, 2, 3, 5, 8, 9, 10, 11], 'folds 1 to 3, 5 and 8 to 11'],
  ])('%j are %s', (places, text) => {
    expect(placesText('fold', places)).toBe(text);
  });

  it('are counted from 1, and none where every value is there', () => {
    expect(placesWithout('fold', [0, null, null])).toBe('folds 2 and 3');
    expect(placesWithout('fold', [0, 1])).toBeNull();
  });
});
