import type { StoredSeries } from './series-query';

/** Bars that something rests on. */
export interface UsedBars {
  symbols: readonly string[];
  /** Null where none is stated: then they count as made up only where every source of the symbol is. */
  source: string | null;
  timeframe: string;
}

type Known = Pick<StoredSeries, 'symbol' | 'source' | 'timeframe' | 'synthetic'>;

/** Symbols of used bars that are made up, each once, in their order. */
export function madeUpAmong(series: readonly Known[], used: readonly UsedBars[]): string[] {
  const isMadeUp = (symbol: string, { source, timeframe }: UsedBars): boolean => {
    const meant = series.filter(
      (one) => one.symbol === symbol && one.timeframe === timeframe && (source === null || one.source === source),
    );
    return meant.length > 0 && meant.every(({ synthetic }) => synthetic);
  };
  return [...new Set(used.flatMap((bars) => bars.symbols.filter((symbol) => isMadeUp(symbol, bars))))];
}

const MOST_NAMED = 4;

/** What is said of them, wherever what they prove is shown. */
export function madeUpSentence(symbols: readonly string[]): string {
  const named = symbols.slice(0, MOST_NAMED).join(', ');
  const more = symbols.length > MOST_NAMED ? ` and ${symbols.length - MOST_NAMED} more` : '';
  return `The bars of ${named}${more} are made up: what they prove says nothing about a market.`;
}
