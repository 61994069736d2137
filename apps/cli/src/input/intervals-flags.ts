import type { IntervalsDocument } from '@assay/contracts';
import type { ReturnIntervalsInput } from '@assay/pipeline';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';

const WITH_INTERVALS: FlagScope = { text: 'only with --intervals', holds: (args) => args.has('intervals') };

/** How far figures may lie from those of their like. */
export const INTERVAL_FLAGS: readonly FlagSpec[] = [
  {
    name: 'intervals',
    kind: 'choice',
    choices: ['percentile', 'bca'],
    help: 'also 90 and 95 % intervals of every metric by a block bootstrap, and the errors of the Sharpe ratio: by quantiles, or corrected for bias and acceleration',
  },
  {
    name: 'scheme',
    kind: 'choice',
    choices: ['stationary', 'circular'],
    default: 'stationary',
    help: 'blocks of random lengths, or of one length',
    scope: WITH_INTERVALS,
  },
  {
    name: 'resamples',
    kind: 'integer',
    min: 100,
    help: 'default: 1,000, or as many as 20,000,000 bars and closed trades make',
    scope: WITH_INTERVALS,
  },
  {
    name: 'block',
    kind: 'integer',
    min: 1,
    value: 'BARS',
    help: 'of a block; default: by Politis and White, of the returns or their squares, the longer',
    scope: WITH_INTERVALS,
  },
  {
    name: 'alternative',
    kind: 'number',
    value: 'SHARPE',
    help: 'a true Sharpe ratio a year, of which power and false discoveries are told; default: 1',
    scope: WITH_INTERVALS,
  },
  {
    name: 'prior',
    kind: 'number',
    value: 'SHARE',
    help: 'of strategies that have it, the others are worth nothing; default: 0.1',
    scope: WITH_INTERVALS,
  },
];

/** What `--intervals` asks for; undefined without it. */
export async function intervalsOf(
  args: Args,
  input: Omit<ReturnIntervalsInput, 'kind' | 'scheme' | 'resamples' | 'block' | 'alternative' | 'prior'>,
): Promise<IntervalsDocument | undefined> {
  if (!args.has('intervals')) return undefined;
  const { returnIntervals } = await import('@assay/pipeline');
  const asked = {
    kind: args.text('intervals') as ReturnIntervalsInput['kind'],
    scheme: args.text('scheme') as ReturnIntervalsInput['scheme'],
    resamples: args.optionalNumber('resamples'),
    block: args.optionalNumber('block'),
    alternative: args.optionalNumber('alternative'),
    prior: args.optionalNumber('prior'),
  };
  return blaming('--intervals', () => returnIntervals({ ...input, ...asked }), {
    resamples: '--resamples',
    block: '--block',
    alternative: '--alternative',
    prior: '--prior',
  });
}
