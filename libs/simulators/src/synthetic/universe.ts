import { NormalSource } from './normal-source';
import { PRICED_HEADER, pricedLines } from './priced-bars';
import { MOST_SESSIONS, sessionDates } from './session-dates';

export interface SyntheticUniverseOptions {
  seed: number;
  symbols: number;
  /** Sessions of the whole span, at most 3,021. */
  bars: number;
}

/** One symbol of a made-up market. */
export interface SyntheticSymbol {
  symbol: string;
  sector: string;
  /** CSV: date, open, high, low, close, volume. */
  content: string;
}

const SECTORS = ['energy', 'finance', 'health', 'technology', 'utilities'];
const MARKET_DAILY = 0.008;
const OWN_DAILY = 0.014;
/** The expected return of a symbol moves slowly, with a half life of half a year, which is what momentum earns from. */
const DRIFT_PHI = 0.9945;
const DRIFT_DAILY = 0.0012;
const FIRST_CLOSE = 50;
/** Every eighth symbol is listed late, every eighth is delisted early. */
const SPELL = 8;

/**
 * A market of symbols that share one factor and have drifts of their own which persist for months, so that a rotation by momentum
 * has something to find. Some symbols are listed late and some delisted early. A pure function of its options.
 */
export function syntheticUniverse({ seed, symbols, bars }: SyntheticUniverseOptions): SyntheticSymbol[] {
  if (!(symbols >= 1 && symbols <= 1000)) throw new RangeError(`symbols must be 1 to 1000, was ${symbols}`);
  if (!(bars >= 2 && bars <= MOST_SESSIONS)) throw new RangeError(`bars must be 2 to ${MOST_SESSIONS}, was ${bars}`);
  const random = new NormalSource(seed);
  const dates = sessionDates(bars);
  const market = dates.map(() => MARKET_DAILY * random.normal());
  return Array.from({ length: symbols }, (_, k) => {
    const closes = path(random, market);
    const from = k % SPELL === 3 ? Math.floor(bars / 3) : 0;
    const to = k % SPELL === 5 ? Math.floor((2 * bars) / 3) : bars;
    const lines = pricedLines(random, dates.slice(from, to), closes.slice(from, to), OWN_DAILY);
    return {
      symbol: `SYN${String(k + 1).padStart(3, '0')}`,
      sector: SECTORS[k % SECTORS.length],
      content: `${[PRICED_HEADER, ...lines].join('\n')}\n`,
    };
  });
}

function path(random: NormalSource, market: readonly number[]): number[] {
  const innovation = DRIFT_DAILY * Math.sqrt(1 - DRIFT_PHI * DRIFT_PHI);
  let drift = DRIFT_DAILY * random.normal();
  let close = FIRST_CLOSE;
  return market.map((common) => {
    close *= Math.exp(drift + common + OWN_DAILY * random.normal());
    drift = DRIFT_PHI * drift + innovation * random.normal();
    return close;
  });
}
