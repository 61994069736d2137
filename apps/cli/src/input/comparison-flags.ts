import { plainCloseMs } from '@assay/market-data/files';
import type { Benchmark, RiskFree } from '@assay/pipeline';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { toNumber } from '../args/range';
import { blamed, UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { readBarsFile, requireColumns, type BarsFile } from './bars-file';
import { readFlagFile } from './read-file';

const isRate = (text: string): boolean => !Number.isNaN(toNumber(text));
const WITH_RATES: FlagScope = {
  text: 'only with --risk-free FILE',
  holds: (args) => args.has('risk-free') && !isRate(args.text('risk-free')),
};

/** What a backtest is told against. */
export const COMPARISON_FLAGS: readonly FlagSpec[] = [
  {
    name: 'benchmark',
    kind: 'text',
    value: 'FILE',
    help: 'bars that beta, alpha, captures, tracking error and information ratio are told against, as known at the close of each bar; default: buy and hold',
  },
  {
    name: 'risk-free',
    kind: 'text',
    value: 'RATE|FILE',
    help: 'what cash earns a year: a fraction such as 0.03, or a file of dates, availabilities and rates; Sharpe, Sortino, alpha and beta are of what is above it; default 0',
  },
  {
    name: 'risk-free-unit',
    kind: 'choice',
    choices: ['percent', 'fraction'],
    help: 'of the rates of the file',
    scope: WITH_RATES,
  },
  {
    name: 'risk-free-after',
    kind: 'text',
    value: 'STRETCH',
    help: 'how long after its date each rate became known, such as 1d; only where the file does not say when',
    scope: WITH_RATES,
  },
];

export interface Comparison {
  benchmark?: Benchmark;
  riskFree?: RiskFree;
}

const LEAST_RATE = -0.99;
const MOST_RATE = 10;
const PERCENT = 100;

/** Reads the files of the flags and puts them beside the bars, which must be dated. */
export async function comparisonOf(
  args: Args,
  io: Io,
  file: BarsFile,
  market = args.optional('market'),
): Promise<Comparison> {
  const [path, rate] = [args.optional('benchmark'), args.optional('risk-free')];
  const comparison: Comparison = {};
  if (path !== undefined) comparison.benchmark = await benchmarkOf(args, io, file, path, market);
  if (rate === undefined) return comparison;
  if (!isRate(rate)) return { ...comparison, riskFree: await ratesOf(args, io, file, rate, market) };
  const riskFree = toNumber(rate);
  if (riskFree >= LEAST_RATE && riskFree <= MOST_RATE) return { ...comparison, riskFree };
  throw new UsageError(`--risk-free must be a fraction from ${LEAST_RATE} to ${MOST_RATE}, or a FILE, was ${rate}`);
}

async function benchmarkOf(args: Args, io: Io, file: BarsFile, path: string, market?: string): Promise<Benchmark> {
  const { alignBenchmark } = await import('@assay/pipeline');
  requireColumns(file, [{ column: 'date', flag: '--benchmark' }]);
  const other = await readBarsFile(args, io, undefined, path, 'benchmark');
  requireColumns(other, [
    { column: 'date', flag: '--benchmark' },
    { column: 'close', flag: '--benchmark' },
  ]);
  return alignBenchmark(await closesOf(file, market), {
    closeMs: await closesOf(other, market),
    close: other.bars.close,
  });
}

async function ratesOf(args: Args, io: Io, file: BarsFile, path: string, market?: string): Promise<Float64Array> {
  const { pointInTimeJoin, readObservations } = await import('@assay/market-data/observations');
  requireColumns(file, [{ column: 'date', flag: '--risk-free FILE' }]);
  const bytes = readFlagFile('--risk-free', path);
  args.require('risk-free-unit', 'by --risk-free FILE');
  const label = `--risk-free ${path}`;
  const options = {
    ...{ name: path, plainSeries: 'rate' },
    ...{ zone: args.optional('zone'), availableAfter: args.optional('risk-free-after') },
  };
  const { series, recognised, repairs } = await readObservations(bytes, options).catch((error: unknown) => {
    throw blamed(label, error, { available_after: '--risk-free-after', zone: '--zone' });
  });
  for (const { message } of recognised) io.err(`${label}: ${message}\n`);
  for (const { message } of repairs) io.err(`${label}: warning: ${message}\n`);
  if (series.length !== 1)
    throw new UsageError(`${label} must have one column of rates, had ${series.map(({ name }) => name).join(', ')}`);
  const known = pointInTimeJoin(await closesOf(file, market), series[0].observations);
  return args.text('risk-free-unit') === 'percent' ? known.map((rate) => rate / PERCENT) : known;
}

/** When each bar is complete: by the sessions of the market, else when its time is over. */
export async function closesOf({ bars: { openTimeMs, timeframe } }: BarsFile, market?: string): Promise<Float64Array> {
  if (market === undefined) return openTimeMs.map(plainCloseMs(timeframe));
  const { calendarFor, marketOf, sessionCloseMs } = await import('@assay/market-data/calendars');
  return openTimeMs.map(sessionCloseMs(calendarFor(marketOf(market)!), timeframe));
}
