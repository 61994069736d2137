import { computeMetrics, METRIC_KEYS, METRICS, riskFreeReturns, type MetricKey } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { WITHOUT_LIST } from '../input/flag-scopes';
import { INTERVAL_FLAGS, intervalsOf } from '../input/intervals-flags';
import { readReturns } from '../input/returns-file';
import { intervalsText } from '../output/intervals';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

function list(args: Args, io: Io): void {
  const items = METRIC_KEYS.map((key) => ({ key, ...METRICS[key] }));
  if (args.on('json')) return io.out(toJson({ items }));
  const rows = items.map(({ key, unit, better, definition }) => [key, unit, better ?? '', definition]);
  io.out(table(['metric', 'unit', 'better', 'definition'], rows));
}

/** Of the same bars as the returns. @throws UsageError where they are not as many */
function benchmarkOf(args: Args, bars: number): Float64Array | undefined {
  const path = args.optional('benchmark');
  if (path === undefined) return undefined;
  const benchmark = readReturns(path, '--benchmark');
  if (benchmark.length === bars) return benchmark;
  throw new UsageError(`--benchmark ${path} must have ${bars} returns like --returns, had ${benchmark.length}`);
}

async function run(args: Args, io: Io): Promise<void> {
  if (args.on('list')) return list(args, io);
  args.require('returns', 'without --list');
  const returns = readReturns(args.text('returns'));
  const periodsPerYear = args.number('periods-per-year');
  const rate = args.optionalNumber('risk-free');
  const input = {
    ...{ returns, periodsPerYear, benchmarkReturns: benchmarkOf(args, returns.length) },
    riskFreeReturns:
      rate === undefined ? undefined : riskFreeReturns(new Float64Array(returns.length).fill(rate), periodsPerYear),
  };
  const { metrics, reasons, warnings } = computeMetrics(input);
  const intervals = await intervalsOf(args, input);
  if (args.on('json')) return io.out(toJson({ metrics, reasons, warnings, ...(intervals ? { intervals } : {}) }));
  io.out(
    table(
      ['metric', 'value', 'unit', 'why undefined'],
      Object.entries(metrics).map(([key, value]) => [key, value, METRICS[key as MetricKey].unit, reasons[key] ?? '']),
    ),
  );
  for (const warning of warnings) io.out(`warning: ${warning}\n`);
  if (intervals) io.out(intervalsText(intervals));
}

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'compute performance metrics from a CSV file of returns, or list all with unit and definition',
  flags: [
    { name: 'list', kind: 'switch', help: 'every metric with its unit, its definition and which value is the better' },
    {
      name: 'returns',
      kind: 'text',
      value: 'FILE',
      help: 'CSV with a column return (simple returns per bar); an undefined metric is null with its reason',
      scope: WITHOUT_LIST,
    },
    {
      name: 'benchmark',
      kind: 'text',
      value: 'FILE',
      help: 'CSV with a column return, of the same bars: beta, alpha, captures, tracking error, information ratio',
      scope: WITHOUT_LIST,
    },
    {
      name: 'risk-free',
      kind: 'number',
      min: -0.99,
      max: 10,
      help: 'rate per year as a fraction, such as 0.03: Sharpe, Sortino, alpha and beta are of what is above it; default 0',
      scope: WITHOUT_LIST,
    },
    {
      name: 'periods-per-year',
      kind: 'number',
      min: 1,
      default: '252',
      help: 'bars per year for annualised figures',
      scope: WITHOUT_LIST,
    },
    ...INTERVAL_FLAGS.map((flag) => ({ scope: WITHOUT_LIST, ...flag })),
  ],
  examples: [
    'assay metrics --returns returns.csv --periods-per-year 252 --risk-free 0.03 --json',
    'assay metrics --returns returns.csv --intervals bca --resamples 5000',
    'assay metrics --list',
  ],
  run,
};
