import { barAt, type BarColumns } from '@assay/domain';
import { createRng, isAbove, isAtLeast, isAtMost, isBelow, isTie, type Rng, type TieScale } from '@assay/quant';
import { naiveIndicators } from '../../../testing/src/quant/indicator-contract';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { compileExpression } from '.';
import { parseExpression, type Syntax } from './parse-expression';

const bars = syntheticBars(140, 3);

const columns = { open: bars.open, high: bars.high, low: bars.low, close: bars.close, volume: bars.volume };
const naiveColumns = Object.fromEntries(Object.entries(columns).map(([name, x]) => [name, Array.from(x)]));

/** Over whole arrays, by the plain definitions of the indicators, with the first lost bars cut off and put back. */
function series(key: string, x: readonly number[], params: Record<string, number>): number[] {
  const first = x.findIndex((v) => Number.isFinite(v));
  if (first < 0) return x.map(() => NaN);
  const out = x.map(() => NaN);
  // a hole starts the definition again
  for (let from = first; from < x.length;) {
    let to = from;
    while (to < x.length && Number.isFinite(x[to])) to++;
    const part = x.slice(from, to);
    const filler = part.map(() => 1);
    const input = { open: filler, high: filler, low: filler, close: part, volume: filler, value: part };
    naiveIndicators[key]!(input, params)[0]!.forEach((v, k) => (out[from + k] = v));
    from = to;
    while (from < x.length && !Number.isFinite(x[from])) from++;
  }
  return out;
}

const KEYS: Readonly<Record<string, string>> = {
  diff: 'momentum',
  ewm: 'ema',
  rolling_mean: 'sma',
  rolling_z: 'zscore',
};

/** A twin that walks the text's tree over arrays: slow, and none of the code it is held against but the parser. */
function naive(syntax: Syntax): number[] {
  const all = (of: (i: number) => number): number[] => naiveColumns.close!.map((_, i) => of(i));
  const finite = (x: number): number => (Number.isFinite(x) ? x : NaN);
  if (syntax.kind === 'number') return all(() => syntax.value);
  if (syntax.kind === 'column') return naiveColumns[syntax.name]!;
  if (syntax.kind === 'prefix') {
    const of = naive(syntax.of);
    return all((i) => (syntax.operator === '-' ? -of[i]! : 1 - of[i]!));
  }
  if (syntax.kind === 'infix') {
    const [a, b] = [naive(syntax.left), naive(syntax.right)];
    const missing = (i: number): boolean => Number.isNaN(a[i]) || Number.isNaN(b[i]);
    const known = (i: number, value: boolean): number => (missing(i) ? NaN : value ? 1 : 0);
    // every comparison that is drawn below has prices on both sides
    const u: TieScale = 0;
    switch (syntax.operator) {
      case '+':
        return all((i) => finite(a[i]! + b[i]!));
      case '-':
        return all((i) => finite(a[i]! - b[i]!));
      case '*':
        return all((i) => finite(a[i]! * b[i]!));
      case '/':
        return all((i) => finite(a[i]! / b[i]!));
      case '<':
        return all((i) => known(i, isBelow(a[i]!, b[i]!, u)));
      case '<=':
        return all((i) => known(i, isAtMost(a[i]!, b[i]!, u)));
      case '>':
        return all((i) => known(i, isAbove(a[i]!, b[i]!, u)));
      case '>=':
        return all((i) => known(i, isAtLeast(a[i]!, b[i]!, u)));
      case '==':
        return all((i) => known(i, isTie(a[i]!, b[i]!, u)));
      case '!=':
        return all((i) => known(i, !isTie(a[i]!, b[i]!, u)));
      case 'and':
        return all((i) => (a[i] === 0 || b[i] === 0 ? 0 : missing(i) ? NaN : 1));
      case 'or':
        return all((i) => (a[i] === 1 || b[i] === 1 ? 1 : missing(i) ? NaN : 0));
    }
  }
  const args = syntax.args.map(({ value }) => naive(value));
  const at = (k: number): number => args[k]![0]!;
  const [x, y, z] = args;
  switch (syntax.name) {
    case 'abs':
      return all((i) => Math.abs(x![i]!));
    case 'sign':
      return all((i) => Math.sign(x![i]!));
    case 'log':
      return all((i) => finite(Math.log(x![i]!)));
    case 'exp':
      return all((i) => finite(Math.exp(x![i]!)));
    case 'sqrt':
      return all((i) => Math.sqrt(x![i]!));
    case 'min':
      return all((i) => Math.min(...args.map((a) => a[i]!)));
    case 'max':
      return all((i) => Math.max(...args.map((a) => a[i]!)));
    case 'clip':
      return all((i) => Math.min(Math.max(x![i]!, y![i]!), z![i]!));
    case 'if':
      return all((i) => (Number.isNaN(x![i]) ? NaN : x![i] === 1 ? y![i]! : z![i]!));
    case 'pct':
      return series('ratio', x!, { window: at(1) }).map((v) => v - 1);
    case 'winsorise':
      return series('winsorise', x!, { window: at(1), low: at(2), high: at(3) });
    default: {
      const key = KEYS[syntax.name] ?? syntax.name;
      return series(key, x!, { window: at(1), ddof: 1 });
    }
  }
}

const pick = <T>(rng: Rng, from: readonly T[]): T => from[rng.int(from.length)]!;

/** A legal text whose value is a price, so that its comparisons are of prices. */
function drawnPrice(rng: Rng, depth: number): string {
  const price = (): string => drawnPrice(rng, depth - 1);
  if (depth === 0) return pick(rng, ['close', 'open', 'high', 'low']);
  const window = 2 + rng.int(9);
  return pick(rng, [
    () => `(${price()} + ${price()})`,
    () => `${price()} * ${(0.5 + rng.next()).toFixed(2)}`,
    () => `-${price()}`,
    () => `abs(${price()} - ${price()})`,
    () => `min(${price()}, ${price()}, ${price()})`,
    () => `max(${price()}, ${price()})`,
    () => `clip(${price()}, low, high)`,
    () => `if(${drawnCondition(rng, depth - 1)}, ${price()}, ${price()})`,
    () =>
      `${pick(rng, ['lag', 'diff', 'ewm', 'rolling_mean', 'rolling_std', 'rolling_min', 'rolling_max', 'rolling_sum'])}(${price()}, ${window})`,
    () => `winsorise(${price()}, ${window}, 0.1, 0.8)`,
    () => `close * rolling_rank(${price()}, ${window})`,
    () => `close * rolling_z(${price()}, ${window})`,
    () => `close * pct(${price()}, ${window})`,
    () => `close * log(abs(${price()}) / close)`,
    () => `close * exp(-abs(${price()}) / close) + sqrt(abs(${price()}))`,
    () => `${price()} / ratio(volume, ${window}) * sign(${price()})`,
  ])();
}

function drawnCondition(rng: Rng, depth: number): string {
  const price = (): string => drawnPrice(rng, Math.max(depth - 1, 0));
  const compared = (): string => `${price()} ${pick(rng, ['<', '<=', '>', '>=', '==', '!='])} ${price()}`;
  return pick(rng, [
    compared,
    () => `${compared()} and ${compared()}`,
    () => `${compared()} or ${compared()} and ${compared()}`,
    () => `not (${compared()})`,
  ])();
}

describe('expressions', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('are what their text says, drawn from seed %i', (seed) => {
    const text = drawnPrice(createRng(`expression ${seed}`), 3);
    const found = compileExpression(text).batch(bars);
    naive(parseExpression(text)).forEach((expected, i) => {
      const near = Math.abs(found[i]! - expected) <= 1e-7 * Math.max(1, Math.abs(expected));
      if (!(near || (Number.isNaN(expected) && Number.isNaN(found[i])))) {
        throw new Error(`${text}, bar ${i}: ${found[i]} against ${expected}`);
      }
    });
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('give the same bits bar by bar, seed %i', (seed) => {
    const gaps: BarColumns = { ...bars, close: bars.close.map((x, i) => (i % 53 === 50 ? NaN : x)) };
    const node = compileExpression(drawnPrice(createRng(`stream ${seed}`), 3));
    const stream = node.stream();
    expect(
      sameBits(
        Float64Array.from(bars.close, (_, i) => stream.update(barAt(gaps, i))),
        node.batch(gaps),
      ),
    ).toBe(true);
  });

  const at10 = (text: string): number => compileExpression(text).batch(bars)[10]!;
  const [close, open] = [bars.close[10]!, bars.open[10]!];

  it.each([
    ['close + open * 2', close + open * 2],
    ['(close + open) * 2', (close + open) * 2],
    ['close - open - 1', close - open - 1],
    ['close / open / 2', close / open / 2],
    ['-close * -2 + .5e1', -close * -2 + 5],
    ['close > 1 and open > 1 or close < 0', 1],
    ['not close > 1', 0],
    ['close < 0 or not (close > 1 and open < 0)', 1],
    ['`close` - lag(close, 1)', close - bars.close[9]!],
    ['0 * log(0 * close - 1) ', NaN],
    ['close / (open - open)', NaN],
    ['if(log(-close) > 0, 1, 2) * close', NaN],
    ['if(log(-close) > 0 and close < 0, close, open)', open],
    ['if(log(-close) > 0 or close > 0, close, open)', close],
  ])('%s', (text, expected) => expect(at10(text)).toBe(expected));

  it.each([
    ['close +', 8, 'must have a number, a column, a function or a bracket'],
    ['close close', 7, 'have an operator or end'],
    ['close ? 2', 7, 'have a number, a name or an operator'],
    ['(close', 7, 'have )'],
    ['1 < close < 3', 11, 'join comparisons by and'],
    ['close and open', 1, 'have a condition'],
    ['close + (open > 1)', 15, 'have a number'],
    ['mean(close, 3)', 1, 'call one of abs'],
    ['rolling_mean(close)', 1, 'call rolling_mean(x, window) with its window'],
    ['rolling_mean(close, 3, 4)', 24, 'call rolling_mean(x, window)'],
    ['rolling_mean(close, 20000)', 1, 'window must be at most 10000, was 20000'],
    ['rolling_mean(close, open)', 21, 'have a number for window'],
    ['rsi(14)', 5, 'call rsi(x, window) with a series'],
    ['rsi(close, windoww = 3)', 22, 'call rsi(x, window)'],
    ['winsorise(close, 9, low = 0.9, high = 0.1)', 1, 'low must be at most high'],
    ['if(close, 1, 2)', 4, 'have a condition'],
    ['max(close)', 1, 'call max(x, y, ...)'],
    ['1 + 2', 1, 'read at least one column'],
    ['close * 1e999', 9, 'have a number that is finite'],
    ['constructor(close)', 1, 'call one of'],
    ['RSI(close, 14)', 1, 'call a function that there is, such as rsi or rsi_cutler'],
    ['macd(close)', 1, 'such as macd.macd or macd.signal or macd.histogram'],
    ['rolling_men(close, 5)', 1, 'such as rolling_mean or rolling_min'],
  ])('%s is refused at %i', (text, at, what) => {
    const refused = (): unknown => compileExpression(text);
    expect(refused).toThrow(what);
    expect(refused).toThrow(`at ${at}`);
    expect(refused).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ field: 'expression' }) as object }) as Error,
    );
  });

  it('are limited in length, parts, levels and windows', () => {
    expect(() => compileExpression(`close${' '.repeat(2000)}`)).toThrow('at most 2000 characters');
    expect(() => compileExpression(Array(200).fill('close').join('+'))).toThrow('at most 256 parts');
    expect(() => compileExpression(`${'('.repeat(33)}close${')'.repeat(33)}`)).toThrow('at most 32 levels');
    expect(() => compileExpression(`${'-'.repeat(33)}close`)).toThrow('at most 32 levels');
    const wide = Array.from({ length: 11 }, () => 'lag(close, 10000)').join('+');
    expect(() => compileExpression(wide)).toThrow('at most 100000 values of its windows');
  });

  it('know their lookback and unit, from what they read on', () => {
    const facts = { timeframe: '1d' as const, features: new Map([['f', { lookback: 7, scale: 1 as const }]]) };
    const of = (text: string) => {
      const { lookback, scale } = compileExpression(text, facts);
      return [lookback, scale];
    };
    expect(of('rolling_mean(lag(close, 3), 5)')).toEqual([7, 0]);
    expect(of('rolling_mean(f, 5) + lag(close, 30)')).toEqual([30, 0]);
    expect(of('rolling_mean(f, 5)')).toEqual([11, 1]);
    expect(of('close / open')).toEqual([0, 1]);
    expect(of('2 * f')).toEqual([7, 1]);
    expect(of('f / close')).toEqual([7, 0]);
    expect(of('rsi(close, 14) > 70')).toEqual([14, 1]);
  });
});
