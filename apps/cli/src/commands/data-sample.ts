import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  REAL_SAMPLES,
  realSample,
  syntheticPair,
  syntheticPlantedEdge,
  syntheticUniverse,
  type RealSample,
} from '@assay/simulators';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

const FOLDERS = ['pair', 'universe'];
const MADE_UP = ['planted-edge', ...FOLDERS];

interface Sample {
  origin: string;
  /** Content by file name; the empty name is the file of `--to` itself. */
  files: Map<string, string>;
  /** Sector of each symbol; written beside the folder, which so has bars alone. */
  sectors?: Record<string, string>;
}

const scope = (text: string, names: readonly string[]): FlagScope => ({
  text: `only with ${text}`,
  holds: (args) => names.includes(args.text('name')),
});

function sampleOf(args: Args): Sample {
  const name = args.text('name');
  const real = REAL_SAMPLES.find((known) => known === name) as RealSample | undefined;
  if (real) {
    const { origin, content } = realSample(real);
    return { origin, files: new Map([['', content]]) };
  }
  const [seed, bars] = [args.number('seed'), args.number('bars')];
  if (name === 'planted-edge') {
    const files = new Map([['', syntheticPlantedEdge({ seed, bars })]]);
    return { origin: `SYNTHETIC market with a planted edge, seed ${seed}`, files };
  }
  const symbols =
    name === 'pair'
      ? syntheticPair({ seed, bars })
      : syntheticUniverse({ seed, bars, symbols: args.number('symbols') });
  const files = new Map(symbols.map(({ symbol, content }) => [`${symbol}.csv`, content]));
  const origin = `SYNTHETIC ${name} of ${symbols.length} symbols, seed ${seed}`;
  if (name === 'pair') return { origin, files };
  return { origin, files, sectors: Object.fromEntries(symbols.map(({ symbol, sector }) => [symbol, sector])) };
}

function run(args: Args, io: Io): void {
  const to = args.text('to');
  const { origin, files, sectors } = sampleOf(args);
  const beside = sectors && `${to.replace(/[/\\]+$/, '')}.sectors.json`;
  if (existsSync(to) && !args.on('force'))
    throw new UsageError(`--to must be new, ${to} is there: give --force to write over it`);
  try {
    if (!files.has('')) mkdirSync(to, { recursive: true });
    for (const [name, content] of files) writeFileSync(name === '' ? to : join(to, name), content);
    if (beside !== undefined) writeFileSync(beside, toJson(sectors));
  } catch (error) {
    throw new UsageError(`--to must be a place that can be written, was ${to} (${(error as Error).message})`);
  }
  const names = [...files.keys()].filter((name) => name !== '');
  if (args.on('json')) return io.out(toJson({ to, origin, files: names, ...(beside && { sectors: beside }) }));
  io.out(`${to}: ${origin}${beside === undefined ? '' : `; the sector of each is in ${beside}`}\n`);
}

export const dataSampleCommand: Command = {
  name: 'data sample',
  summary: 'write bars to try things on: a real index and share, or made-up markets, which say that they are SYNTHETIC',
  flags: [
    {
      ...{ name: 'name', kind: 'choice', value: 'NAME', positional: true, required: true },
      choices: [...REAL_SAMPLES, ...MADE_UP],
      help: `${REAL_SAMPLES.join(' or ')}, real; planted-edge, one market whose column factor foretells it; pair, two shares that come back to each other, and universe, many with drifts that last, some listed late or delisted: a folder with a file each`,
    },
    { name: 'to', kind: 'text', value: 'FILE|FOLDER', required: true, help: 'where to write' },
    {
      ...{ name: 'seed', kind: 'integer', default: '1', min: 0, max: 2 ** 31 - 1 },
      ...{ scope: scope(MADE_UP.join(', '), MADE_UP), help: 'the same seed makes the same bars' },
    },
    {
      ...{ name: 'bars', kind: 'integer', default: '2500', min: 2, max: 3021 },
      ...{ scope: scope(MADE_UP.join(', '), MADE_UP), help: 'sessions from 4 January 2010 on' },
    },
    {
      ...{ name: 'symbols', kind: 'integer', default: '40', min: 1, max: 1000 },
      ...{ scope: scope('universe', ['universe']), help: 'how many' },
    },
    { name: 'force', kind: 'switch', help: 'write over what is there' },
  ],
  examples: ['assay data sample sp500 --to bars.csv', 'assay data sample universe --symbols 30 --seed 7 --to universe'],
  run,
};
