import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { upperBound } from './binomial-bound';
import { ReportFile } from './report';
import { runStudy } from './run-study';
import type { Group, StudySettings } from './study';

/** For the threads that it starts, on a machine that has other things to do. */
const PATIENCE = 120_000;

/** Short markets, few of them, few trials: the whole way in seconds. */
const SETTINGS: StudySettings = { markets: 3, seed: 'small', scoredBars: 630 };
const RULE = { noise: 'clustered', of: 'rules' } as const;
const GROUPS: Group[] = [
  { id: 'walk', share: 1, what: 'nulls', kind: 'zero_mean_walk', sizes: [1, 6] },
  { id: 'models', share: 0.34, what: 'nulls', kind: 'models_on_random_features', sizes: [1] },
  {
    ...{ id: 'power', share: 1, what: 'power', ir: 1 },
    shapes: [
      { ...RULE, shape: 'alone', trials: 1, real: 1 },
      { ...RULE, shape: '2 of 12', trials: 12, real: 2 },
    ],
  },
  { id: 'attacks', share: 0.34, what: 'attacks', names: ['small_size'] },
];

describe('a small study', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-calibration-'));
  const path = join(folder, 'report.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (groups: readonly Group[], settings = SETTINGS): Promise<string[]> => {
    const lines: string[] = [];
    const report = new ReportFile(path, settings, GROUPS);
    await runStudy(report, settings, { threads: 2, groups, print: (line) => lines.push(line) });
    return lines;
  };
  const read = () => JSON.parse(readFileSync(path, 'utf8')) as ReportFile['current'];

  it(
    'counts what the policy promotes, with exact bounds',
    async () => {
      const lines = await run(GROUPS);
      expect(lines).toHaveLength(GROUPS.length);
      const { policy, study, nulls, power, attacks } = read();
      expect(policy).toMatchObject({ name: 'default', version: '2' });
      expect(study).toMatchObject({ seed: 'small', markets: 3, scored_bars: 630, unscored_bars: 252 });
      expect(nulls.map(({ kind, trials, markets }) => [kind, trials, markets])).toEqual([
        ['zero_mean_walk', 1, 3],
        ['zero_mean_walk', 6, 3],
        ['models_on_random_features', 1, 1],
      ]);
      for (const row of nulls) {
        expect([row.promoted, row.any.promoted, row.buy_and_hold.promoted]).toEqual([0, 0, 0]);
        expect(row.upper95).toBe(upperBound(0, row.markets));
      }
      expect(power.map(({ shape, promoted, markets }) => [shape, promoted, markets])).toEqual([
        ['alone', 3, 3],
        ['2 of 12', 2, 3],
      ]);
      expect(attacks).toMatchObject([{ attack: 'small_size', markets: 1, promoted: 0 }]);
    },
    PATIENCE,
  );

  it('goes on where it was stopped, and measures nothing twice', async () => {
    const before = read();
    expect(await run(GROUPS.slice(0, 2))).toEqual(['walk: measured before', 'models: measured before']);
    expect(read()).toEqual(before);
  });

  it(
    'measures again what was measured with other settings',
    async () => {
      const other = { ...SETTINGS, seed: 'other' };
      const lines = await run(GROUPS.slice(0, 1), other);
      expect(lines[0]).toContain('walk: 3 markets in');
      const { nulls, power, attacks, measured } = read();
      expect([nulls.length, power.length, attacks.length]).toEqual([2, 0, 0]);
      expect(Object.keys(measured)).toEqual(['walk']);
    },
    PATIENCE,
  );
});
