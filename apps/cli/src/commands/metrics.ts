import { computeMetrics } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { readReturns } from '../input/returns-file';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

function run(args: Args, io: Io): void {
  const returns = readReturns(args.text('returns'));
  const { metrics, reasons, warnings } = computeMetrics({ returns, periodsPerYear: args.number('periods-per-year') });
  if (args.on('json')) return io.out(toJson({ metrics, reasons, warnings }));
  io.out(
    table(
      ['metric', 'value', 'why undefined'],
      Object.entries(metrics).map(([key, value]) => [key, value, reasons[key] ?? '']),
    ),
  );
  for (const warning of warnings) io.out(`warning: ${warning}\n`);
}

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'compute performance metrics from a CSV file of returns; an undefined metric is null with its reason',
  flags: [
    {
      name: 'returns',
      kind: 'text',
      value: 'FILE',
      required: true,
      help: 'CSV with a column return (simple returns per bar)',
    },
    { name: 'periods-per-year', kind: 'number', min: 1, default: '252', help: 'bars per year for annualised figures' },
  ],
  examples: ['assay metrics --returns returns.csv --periods-per-year 252 --json'],
  run,
};
