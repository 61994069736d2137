import { NormalSource } from './normal-source';
import { PRICED_HEADER, pricedLines } from './priced-bars';
import { sessionDates } from './session-dates';
import type { SyntheticSymbol } from './universe';

const COMMON_DAILY = 0.01;
/** The spread falls back by half in about two weeks. */
const SPREAD_PHI = 0.93;
const SPREAD_DAILY = 0.012;
const FIRST_CLOSE = 80;
/** What the second share moves for a move of 1 of the first. */
const BETA = 0.7;

/** Two made-up shares that drift apart and come back: log b = beta log a + a spread that reverts. A pure function of its options. */
export function syntheticPair({ seed, bars }: { seed: number; bars: number }): SyntheticSymbol[] {
  const random = new NormalSource(seed);
  const dates = sessionDates(bars);
  let [common, spread] = [0, 0];
  const closes = { a: [] as number[], b: [] as number[] };
  for (let i = 0; i < bars; i += 1) {
    common += COMMON_DAILY * random.normal();
    spread = SPREAD_PHI * spread + SPREAD_DAILY * random.normal();
    closes.a.push(FIRST_CLOSE * Math.exp(common));
    closes.b.push(FIRST_CLOSE * Math.exp(BETA * common + spread));
  }
  return (['a', 'b'] as const).map((leg) => ({
    symbol: `PAIR${leg.toUpperCase()}`,
    sector: 'pair',
    content: `${[PRICED_HEADER, ...pricedLines(random, dates, closes[leg], COMMON_DAILY)].join('\n')}\n`,
  }));
}
