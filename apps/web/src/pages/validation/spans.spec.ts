import { rowsOf, spanOf } from './spans';

const at = (date: string) => Date.parse(date);

describe('spanOf', () => {
  it('is first and last time', () => {
    expect(spanOf(['2020-01-01', '2020-02-01'])).toEqual([at('2020-01-01'), at('2020-02-01')]);
    expect(spanOf(['2020-01-01'])).toBeNull();
    expect(
      spanOf([
        ['2020-01-01', '2020-02-01'],
        ['2020-03-01', '2020-04-01'],
      ]),
    ).toBeNull();
  });
});

describe('rowsOf', () => {
  it('takes one span of a fold and several of a split', () => {
    const found = rowsOf(
      [
        { train: ['2019-01-01', '2019-12-31'], test: ['2020-01-06', '2020-06-30'] },
        {
          train: [
            ['2018-01-01', '2018-06-30'],
            ['2020-01-01', '2020-12-31'],
          ],
          test: [['2019-01-01', '2019-06-30']],
        },
      ],
      (index) => `Fold ${index + 1}`,
    );
    expect(found).toMatchObject({ from: at('2018-01-01'), to: at('2020-12-31') });
    expect(found!.rows.map(({ name, train, test }) => [name, train.length, test.length])).toEqual([
      ['Fold 1', 1, 1],
      ['Fold 2', 2, 1],
    ]);
  });

  it('is nothing without spans', () => expect(rowsOf([], String)).toBeNull());
});
