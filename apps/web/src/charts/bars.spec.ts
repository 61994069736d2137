import { faultOf, isCandle, placesOf, placesOfPrices, pointFaultOf, tickOf } from './bars';

const bar = (time: number, close = 10) => ({ time, open: 10, high: 12, low: 8, close });

describe('what is drawn', () => {
  it('takes bars in order', () => {
    expect(faultOf([bar(1), bar(2), bar(5)])).toBeUndefined();
    expect(faultOf([])).toBeUndefined();
  });

  it.each([
    [[bar(1), bar(1)], 'bar 1 has the time of the one before it'],
    [[bar(2), bar(1)], 'bar 1 is older than the one before it'],
    [[bar(NaN)], 'bar 0 has no time'],
  ])('refuses %j', (bars, fault) => {
    expect(faultOf(bars)).toBe(fault);
  });

  it('draws no candle of prices that no market can have had, and all the others', () => {
    const bars = [bar(1), bar(2, NaN), bar(3, 13), bar(4, 7), { ...bar(5), high: 8, low: 12 }, bar(6)];
    expect(bars.filter(isCandle).map(({ time }) => time)).toEqual([1, 6]);
    expect(faultOf(bars)).toBeUndefined();
  });

  it('takes gaps of lines, and refuses what is no number', () => {
    expect(
      pointFaultOf([
        { time: 1, value: null },
        { time: 2, value: 0 },
      ]),
    ).toBeUndefined();
    expect(pointFaultOf([{ time: 1, value: NaN }])).toBe('point 0 is no number');
    expect(
      pointFaultOf([
        { time: 1, value: 1 },
        { time: 1, value: 2 },
      ]),
    ).toBe('point 1 has the time of the one before it');
  });
});

describe('ticks', () => {
  it.each([
    ['0.01', 2],
    ['0.0005', 4],
    ['0.50', 1],
    ['5', 0],
    ['1e-8', 8],
    ['2.5e-7', 8],
    ['10', 0],
  ])('%s has %i places', (tick, places) => {
    expect(placesOf(tick)).toBe(places);
  });

  it('puts prices of a column under each other with as many digits as the finest needs', () => {
    expect(placesOfPrices([100, 101.5, null, 99.125])).toBe(3);
    expect(placesOfPrices([100, NaN])).toBe(2);
    expect(placesOfPrices([1 / 3, 1e-12])).toBe(8);
    expect(placesOfPrices([103.4217000000001])).toBe(4);
  });

  it('shows small prices with digits that tell them apart, and no more than they are written with', () => {
    expect(tickOf([0.00001234, 0.00002])).toBe('1e-8');
    expect(tickOf([0.123456789])).toBe('1e-5');
    expect(tickOf([5.5, 7.25])).toBe('0.01');
    expect(tickOf([17.123456])).toBe('1e-3');
    expect(tickOf([150.2, 99])).toBe('0.01');
    expect(tickOf([150.2, 151])).toBe('0.01');
    expect(tickOf([])).toBe('0.01');
    expect(tickOf([1e-15])).toBe('1e-12');
  });
});
