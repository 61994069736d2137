import { dayProfit, profitSeries } from './profit';

const none = { flow: '0', qty: '0' };

describe('the profit of a day', () => {
  it.each([
    ['is what the price of a held position moved', { qty: '10', mark: '12', moved: none, markBefore: '11' }, '10'],
    ['of a short gains when the price falls', { qty: '-2', mark: '90', moved: none, markBefore: '100' }, '20'],
    [
      'of what was bought today starts at its price, after fees',
      { qty: '3', mark: '11', moved: { flow: '-30.5', qty: '3' }, markBefore: null },
      '2.5',
    ],
    [
      'of what was sold today ends at its price',
      { qty: '0', mark: null, moved: { flow: '55', qty: '-5' }, markBefore: '10' },
      '5',
    ],
    ['of nothing is 0, whatever is not known', { qty: '0', mark: null, moved: none, markBefore: null }, '0'],
    ['is not known where the price now is not', { qty: '1', mark: null, moved: none, markBefore: '10' }, null],
    ['is not known where the price then is not', { qty: '1', mark: '10', moved: none, markBefore: null }, null],
  ])('%s', (_, input, expected) => expect(dayProfit(input)).toBe(expected));
});

describe('the profit of a deployment', () => {
  const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));

  it('counts each fill from when it was one, at the price of each mark', () => {
    const flows = [
      { at: at(2), flow: '-100.1', qty: '10' },
      { at: at(4), flow: '119.9', qty: '-10' },
    ];
    const marks = [1, 2, 3, 4, 5].map((day) => ({ at: at(day), price: String(9 + day) }));
    const points = profitSeries(none, flows, marks);
    expect(points.map(({ qty }) => qty)).toEqual(['0', '10', '10', '0', '0']);
    expect(points.map(({ profit }) => profit)).toEqual(['0', '9.9', '19.9', '19.8', '19.8']);
  });

  it('goes on from what was before the first mark', () => {
    const [point] = profitSeries({ flow: '-50', qty: '5' }, [], [{ at: at(1), price: '12' }]);
    expect(point!.profit).toBe('10');
  });

  it('is not known while something is held without a price', () => {
    const points = profitSeries(
      none,
      [{ at: at(2), flow: '-1', qty: '1' }],
      [1, 2].map((day) => ({ at: at(day), price: null })),
    );
    expect(points.map(({ profit }) => profit)).toEqual(['0', null]);
  });
});
