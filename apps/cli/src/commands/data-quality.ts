import { writeFileSync } from 'node:fs';
import { MARKETS, type MarketCode } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { calendarFor, dateOfUtc, type SessionCalendar } from '@assay/market-data/calendars';
import { coverageOf, coverageSvg, qualityReport, type QualityFinding } from '@assay/market-data/quality';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { BARS_FLAG, readBarsFile, requireColumns } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { counted, table } from '../output/table';
import type { Command } from './command';

function writeCoverage(to: string, title: string, bars: BarColumns, calendar: SessionCalendar): void {
  const coverage = coverageOf(bars, calendar);
  const outside = coverage.outside.map((bar) => dateOfUtc(bars.openTimeMs[bar]));
  const svg = coverageSvg(title, coverage, outside);
  try {
    writeFileSync(to, svg);
  } catch (error) {
    throw new UsageError(`--svg ${to} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
}

async function run(args: Args, io: Io): Promise<void> {
  const file = await readBarsFile(args, io);
  requireColumns(file, [{ column: 'date', flag: '--market' }]);
  const { bars, path } = file;
  const market = args.text('market') as MarketCode;
  const calendar = calendarFor(market);
  const report = blaming(path, () => qualityReport(bars, calendar));
  const svg = args.optional('svg');
  if (svg !== undefined) blaming('--svg', () => writeCoverage(svg, `${path} ${bars.timeframe}`, bars, calendar));
  if (args.on('json')) return io.out(toJson({ market, ...report }));
  const row = (severity: string, { code, count, message }: QualityFinding) => [severity, code, count, message];
  const rows = [...report.errors.map((one) => row('error', one)), ...report.warnings.map((one) => row('warning', one))];
  io.out(`${counted(report.bars)} bars of ${report.timeframe}: ${rows.length === 0 ? 'nothing found' : ''}`.trimEnd());
  io.out('\n');
  if (rows.length > 0) io.out(table(['severity', 'code', 'count', 'what was found'], rows));
}

export const dataQualityCommand: Command = {
  name: 'data quality',
  summary: 'say what is wrong with the bars of a file or remarkable about them, by the sessions of a market',
  flags: [
    { ...BARS_FLAG, positional: true },
    {
      name: 'market',
      kind: 'choice',
      choices: MARKETS,
      required: true,
      help: 'whose sessions the bars should fill; docs/data.md lists the markets',
    },
    { name: 'svg', kind: 'text', value: 'OUT', help: 'file to draw the coverage into, a cell a session' },
    ...READING_FLAGS.filter(({ name }) => name !== 'market'),
  ],
  examples: ['assay data quality days.csv --market US --svg coverage.svg'],
  run,
};
