import { compareBits, type BarBits } from './parity';

const bits = (x: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};
const oneUlpUp = (hex: string): string => (BigInt(`0x${hex}`) + 1n).toString(16).padStart(16, '0');

const row = (day: number): BarBits => ({
  bar_time: `2020-01-0${day}T00:00:00.000Z`,
  bits: {
    features: { rsi: bits(50 + day / 7), sma: bits(day / 3) },
    prediction: bits(0.5 + day / 100),
    signal: bits(1),
    weight: bits(day / 11),
  },
});
const rows = (): BarBits[] => [1, 2, 3].map(row);

describe('compareBits', () => {
  it('counts every value of equal logs', () => {
    expect(compareBits(rows(), rows(), 3)).toEqual({ bars: 3, values: 15, mismatches: [] });
  });

  it('sees one feature that differs by one unit in the last place', () => {
    const streamed = rows();
    streamed[1].bits.features.rsi = oneUlpUp(streamed[1].bits.features.rsi);
    const { mismatches } = compareBits(rows(), streamed, 3);
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).toContain('2020-01-02');
    expect(mismatches[0]).toContain('feature rsi');
  });

  it('sees a missing bar, a doubled bar, a missing value and a bar the backtest does not have', () => {
    expect(compareBits(rows(), rows().slice(1), 3).mismatches).toHaveLength(1);
    expect(compareBits(rows(), [row(1), row(1), row(2)], 3).mismatches).toContain('a bar was logged twice');
    const lacking = rows();
    delete lacking[0].bits.features.sma;
    expect(compareBits(rows(), lacking, 3).mismatches).toHaveLength(1);
    expect(compareBits(rows(), [row(1), row(2), row(9)], 3).mismatches).toHaveLength(1);
  });

  it('never passes on nothing', () => {
    expect(compareBits([], [], 3).mismatches).toHaveLength(1);
  });

  it('tells +0 from -0 and keeps NaN equal to itself', () => {
    const [a, b] = [rows(), rows()];
    a[0].bits.weight = bits(0);
    b[0].bits.weight = bits(-0);
    expect(compareBits(a, b, 3).mismatches).toHaveLength(1);
    a[0].bits.weight = b[0].bits.weight = bits(NaN);
    expect(compareBits(a, b, 3).mismatches).toHaveLength(0);
  });
});
