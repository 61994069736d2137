import { cpcvSplits, type CpcvResult } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

const spans = (ranges: readonly (readonly [number, number])[]): string =>
  ranges.map(([from, to]) => `[${from}, ${to})`).join(' ') || 'none';

function show({ splits, paths }: CpcvResult, io: Io): void {
  const rows = splits.map(({ testGroups, test, train }, i) => [i, testGroups.join(','), spans(test), spans(train)]);
  io.out(table(['split', 'test groups', 'test', 'train'], rows));
  const steps = paths.map((path, i) => [i, path.map(({ group, split }) => `${group}:${split}`).join(' ')]);
  io.out(`\n${table(['path', 'group:split'], steps)}`);
}

const FIELDS = {
  n: '--n',
  groups: '--groups',
  testGroups: '--test-groups',
  horizon: '--horizon',
  embargo: '--embargo',
};

function run(args: Args, io: Io): void {
  const plan = blaming(
    'assay cpcv',
    () =>
      cpcvSplits({
        n: args.number('n'),
        groups: args.number('groups'),
        testGroups: args.number('test-groups'),
        horizon: args.number('horizon'),
        embargo: args.optionalNumber('embargo'),
      }),
    FIELDS,
  );
  if (!args.on('json')) return show(plan, io);
  const splits = plan.splits.map(({ testGroups, test, train }) => ({ test_groups: testGroups, test, train }));
  io.out(toJson({ splits, paths: plan.paths }));
}

export const cpcvCommand: Command = {
  name: 'cpcv',
  summary: 'lay out combinatorial purged cross-validation over n bars (half-open index ranges)',
  flags: [
    { name: 'n', kind: 'integer', min: 2, required: true, help: 'number of bars' },
    { name: 'groups', kind: 'integer', min: 2, default: '6', help: 'contiguous groups' },
    { name: 'test-groups', kind: 'integer', min: 1, default: '2', help: 'groups tested in each split' },
    {
      name: 'horizon',
      kind: 'integer',
      min: 0,
      default: '1',
      help: 'label span of bar i is [i, min(i + horizon, n - 1)]',
    },
    {
      name: 'embargo',
      kind: 'integer',
      min: 0,
      help: 'bars left out after each test block; default max(horizon, 1 % of n)',
    },
  ],
  examples: ['assay cpcv --n 1000 --groups 6 --test-groups 2 --horizon 1 --embargo 10 --json'],
  run,
};
