import {
  CORRELATED,
  correlate,
  CORRELATION_METHODS,
  type Closes,
  type Correlated,
  type CorrelationMethod,
} from '@assay/market-data/frames';
import { timeText } from '@assay/primitives';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile, requireColumns } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { counted, table } from '../output/table';
import type { Command } from './command';

const FEWEST_FILES = 2;

async function run(args: Args, io: Io): Promise<void> {
  const paths = args.all('bars');
  const doubled = paths.find((path, i) => paths.indexOf(path) !== i);
  if (doubled !== undefined) throw new UsageError(`each FILE must be given once, ${doubled} was again`);
  if (paths.length < FEWEST_FILES) throw new UsageError(`FILE must be given twice at least, was ${paths.join(', ')}`);
  const closes: Closes[] = [];
  const timeframes: string[] = [];
  for (const path of paths) {
    const file = await readBarsFile(args, io, undefined, path);
    requireColumns(file, [
      { column: 'date', flag: 'FILE' },
      { column: 'close', flag: 'FILE' },
    ]);
    const { openTimeMs, close, timeframe } = file.bars;
    closes.push({ symbol: path, openTimeMs, close });
    timeframes.push(timeframe);
  }
  const other = timeframes.findIndex((timeframe) => timeframe !== timeframes[0]);
  if (other > 0)
    throw new UsageError(
      `all files must be of ${timeframes[0]} as the first, ${paths[other]} is of ${timeframes[other]}`,
    );
  const [of, method] = [args.text('of') as Correlated, args.text('method') as CorrelationMethod];
  const found = correlate(closes, of, method);
  if (args.on('json')) return io.out(toJson({ files: paths, timeframe: timeframes[0], of, method, ...found }));
  const span = [found.first, found.last].map((time) => timeText(Date.parse(time))).join(' to ');
  const matrix = (rows: readonly (readonly (number | null)[])[]): string =>
    table(
      ['', ...paths],
      rows.map((row, i) => [paths[i], ...row]),
    );
  io.out(`${method} of ${counted(found.observations)} ${of}, ${span}\n\n${matrix(found.matrix)}`);
  io.out(`\nbars in common\n\n${matrix(found.overlap)}`);
}

export const dataCorrelationCommand: Command = {
  name: 'data correlation',
  summary: 'correlate the returns or closes of files of bars over the bars that all of them have',
  flags: [
    { ...BARS_FLAG, positional: true, repeatable: true, help: `${BARS_FLAG.help}; two files or more` },
    { name: 'of', kind: 'choice', choices: CORRELATED, default: 'returns', help: 'simple returns, or closes' },
    {
      name: 'method',
      kind: 'choice',
      choices: CORRELATION_METHODS,
      default: 'pearson',
      help: 'of values, or of ranks',
    },
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: ['assay data correlation sp500.csv gold.csv bonds.csv --method spearman'],
  run,
};
