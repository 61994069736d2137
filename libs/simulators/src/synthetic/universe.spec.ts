import { syntheticPair, syntheticUniverse } from '.';

const closes = (content: string): number[] =>
  content
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[4]));
const logs = (x: number[]): number[] => x.slice(1).map((value, i) => Math.log(value / x[i]));
const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;

describe('a made-up universe', () => {
  const universe = syntheticUniverse({ seed: 3, symbols: 40, bars: 1500 });

  it('has symbols that are listed late and delisted early, and all others throughout', () => {
    const lengths = universe.map(({ content }) => closes(content).length);
    expect(lengths.filter((n) => n === 1000)).toHaveLength(10);
    expect(lengths.filter((n) => n === 1500)).toHaveLength(30);
    expect(universe[3].content).not.toContain('2010-01-04');
    expect(universe[5].content).toContain('2010-01-04');
  });

  it('has bars whose high and low hold open and close', () => {
    for (const line of universe[0].content.trimEnd().split('\n').slice(1)) {
      const [, open, high, low, close, volume] = line.split(',').map(Number);
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(low).toBeGreaterThan(0);
      expect(volume).toBeGreaterThan(0);
    }
  });

  it('has momentum: the half that rose more in a quarter rises more in the month after', () => {
    const moves = universe
      .filter(({ content }) => closes(content).length === 1500)
      .map(({ content }) => logs(closes(content)));
    const gaps: number[] = [];
    for (let t = 63; t + 21 < 1499; t += 21) {
      const past = moves.map((r) => mean(r.slice(t - 63, t)));
      const next = moves.map((r) => mean(r.slice(t, t + 21)));
      const middle = [...past].sort((a, b) => a - b)[past.length / 2];
      gaps.push(mean(next.filter((_, k) => past[k] >= middle)) - mean(next.filter((_, k) => past[k] < middle)));
    }
    const spread = Math.sqrt(mean(gaps.map((x) => x * x)) - mean(gaps) ** 2);
    expect((mean(gaps) / spread) * Math.sqrt(gaps.length)).toBeGreaterThan(2);
  });

  it('is a pure function of its seed', () => {
    expect(syntheticUniverse({ seed: 3, symbols: 2, bars: 50 })).toEqual(
      syntheticUniverse({ seed: 3, symbols: 2, bars: 50 }),
    );
    expect(syntheticUniverse({ seed: 4, symbols: 2, bars: 50 })).not.toEqual(
      syntheticUniverse({ seed: 3, symbols: 2, bars: 50 }),
    );
  });

  it('refuses sizes that it cannot make', () => {
    expect(() => syntheticUniverse({ seed: 1, symbols: 0, bars: 50 })).toThrow('symbols must be 1 to 1000, was 0');
    expect(() => syntheticUniverse({ seed: 1, symbols: 1, bars: 4000 })).toThrow('bars must be 2 to 3021, was 4000');
  });
});

describe('a made-up pair', () => {
  it('has a spread that comes back', () => {
    const [a, b] = syntheticPair({ seed: 5, bars: 2000 }).map(({ content }) => closes(content).map(Math.log));
    const spread = b.map((value, i) => value - 0.7 * a[i]);
    const middle = mean(spread);
    const [now, next] = [spread.slice(0, -1), spread.slice(1)].map((x) => x.map((value) => value - middle));
    const phi = mean(now.map((value, i) => value * next[i])) / mean(now.map((value) => value * value));
    expect(phi).toBeGreaterThan(0.88);
    expect(phi).toBeLessThan(0.97);
  });
});
