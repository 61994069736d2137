import type { components } from '../../api/generated/research';
import { endedRun } from './ended-run';

type Run = components['schemas']['ValidationRunDto'];
const run = (job: string, result: object | null = {}): Run => ({ job_id: job, result }) as Run;
const SEARCH = { revision: 3, folds: [{}, {}], summary: { cells: 12 } };
const CPCV = { revision: 3, splits: Array(15).fill({}), paths: Array(5).fill({}) };

describe('what a completed validation says', () => {
  it.each<[string, object, string]>([
    ['a search in folds', SEARCH, 'Done: 2 folds chose among 12 cells.'],
    ['a walk-forward', { revision: 3, folds: [{}], summary: {} }, 'Done: 1 fold.'],
    ['a cross-validation', CPCV, 'Done: 15 splits, 5 paths.'],
  ])('names what %s made, and that it stands below', (_, result, made) => {
    expect(endedRun('a', { ...result }, run('a'), 3)).toBe(`${made} What came of it stands below.`);
  });

  it.each<[string, Run | null, number, string]>([
    ['the strategy has a newer version', null, 4, ' It was of version 3; this page shows version 4.'],
    ['there is no run of its kind', null, 3, ' No run of its kind is shown here.'],
    ['a later one is shown', run('b'), 3, ' Another run stands below.'],
    ['its result is not loaded yet', run('a', null), 3, ''],
  ])('does not send anybody down where %s', (_, shown, revision, words) => {
    expect(endedRun('a', SEARCH, shown, revision)).toBe(`Done: 2 folds chose among 12 cells.${words}`);
  });
});
