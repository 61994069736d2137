import type { Substrategy } from './recipe';

const PRICES = new Set(['v', 'open', 'high', 'low', 'close']);

const columnOf = ({ data_column: column = 'v' }: Substrategy): string => (column === 'v' ? 'close' : column);
const percent = (fraction: number): string => `${Number((Math.abs(fraction) * 100).toFixed(4))} %`;

/** The two lines of a bounded oscillator: 30 and 70 name the same pair. */
const upperLine = (signal: number): number => Math.max(signal, 100 - signal);

interface Condition {
  above: string;
  below: string;
}

/** When a substrategy's value is beyond its upper and its lower line. */
function conditions(sub: Substrategy): Condition {
  const column = columnOf(sub);
  const { window, signal } = sub;
  switch (sub.indicator) {
    case 'get_rsi':
    case 'get_stochastic_oscillator': {
      const name = sub.indicator === 'get_rsi' ? `RSI of ${column}` : 'stochastic oscillator';
      const line = upperLine(signal);
      const value = `the ${window}-bar ${name} is`;
      return { above: `${value} above ${line}`, below: `${value} below ${100 - line}` };
    }
    case 'get_bollinger_band': {
      const away = (side: string) =>
        `the ${column} is more than ${signal} standard deviations ${side} its ${window}-bar mean`;
      return { above: away('above'), below: away('below') };
    }
    case 'get_sma':
    case 'get_ema': {
      const mean = `${window}-bar ${sub.indicator === 'get_sma' ? 'average' : 'exponential average'}`;
      if (!PRICES.has(sub.data_column ?? 'v')) {
        return {
          above: `the ${mean} of ${column} is above ${signal}`,
          below: `the ${mean} of ${column} is below ${-signal}`,
        };
      }
      const by = signal === 0 ? '' : `more than ${percent(signal)} `;
      return { above: `the ${column} is ${by}above its ${mean}`, below: `the ${column} is ${by}below its ${mean}` };
    }
    default:
      return {
        above: `${sub.indicator}(${window}) of ${column} is above ${signal}`,
        below: `${sub.indicator}(${window}) of ${column} is below ${-signal}`,
      };
  }
}

/** One substrategy as a sentence. */
export function substrategyWords(sub: Substrategy): string {
  const { above, below } = conditions(sub);
  const follows = sub.signal_func.startsWith('momentum');
  const long = follows ? above : below;
  if (sub.signal_func.endsWith('_long_only')) return `Long while ${long}; out otherwise.`;
  return `Long while ${long}; short while ${follows ? below : above}; out in between.`;
}

const CONJUNCTIONS: Record<string, string> = {
  AND: 'A position is held only while all parts agree on its side.',
  OR: 'The strongest part decides; of a tie the first.',
  FILTER: 'The first part decides whether the second is listened to.',
};

/** How several parts are put together; nothing where there is one. */
export const conjunctionWords = (conjunction: string | undefined, parts: number): string | undefined =>
  parts > 1 ? CONJUNCTIONS[conjunction ?? 'AND'] : undefined;
