import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;

beforeAll(() => {
  workspace = openWorkspace();
  const close = (i: number): number => 100 + 10 * Math.sin(i / 9) + 0.05 * i;
  const lines = Array.from({ length: 700 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 0, 4 + i)).toISOString().slice(0, 10);
    const c = close(i);
    return [day, c - 0.4, c + 1, c - 1.2, c, 100].join(',');
  });
  writeFileSync(workspace.path('bars.csv'), `date,open,high,low,close,volume\n${lines.join('\n')}\n`);
});
afterAll(() => workspace.remove());

const asked = (...more: string[]) =>
  call(
    ...['walk-forward', '--bars', workspace.path('bars.csv'), '--strategy', workspace.path('sma.json')],
    ...['--param', 'substrategies.0.window=10:50:20', ...more],
  );

describe('a walk-forward that searches', () => {
  it('says of each fold what was chosen and what came of it', async () => {
    const { code, out } = await asked('--json');
    expect(code).toBe(0);
    const { folds, stability, stitched, summary, best, walk_forward } = JSON.parse(out) as Record<string, any>;
    expect(folds).toHaveLength(5);
    for (const { params, oos_beaten, market } of folds) {
      expect([10, 30, 50]).toContain(params['substrategies.0.window']);
      expect(oos_beaten).toBeLessThan(1);
      expect(market.test.volatility).toBeGreaterThan(0);
    }
    const chosen = folds.map(({ params }: any) => params['substrategies.0.window']);
    expect(stability.parameters[0].values).toEqual(chosen);
    expect(stability.same_choice).toBeGreaterThanOrEqual(0.2);
    expect(best).toEqual({ fold: 5, params: { 'substrategies.0.window': chosen[4] } });
    expect(walk_forward).toEqual({
      ...{ best_window: chosen[4], best_signal: expect.any(Number) },
      ...{ is_sharpe: summary.mean_is_sharpe, oos_sharpe: summary.mean_oos_sharpe },
      overfitting_ratio: summary.overfitting_ratio,
    });
    expect(summary).toMatchObject({ cells: 3, by: 'sharpe_ratio', folds: 5, ratio_tells: 'selection' });
    expect(summary.search).toEqual({ method: 'exhaustive' });
    expect(stitched.returns).toHaveLength(folds.reduce((bars: number, { test }: any) => bars + test[1] - test[0], 0));
  });

  it('shows people a table of it', async () => {
    const { code, out } = await asked('--select', 'plateau', '--folds', '3');
    expect(code).toBe(0);
    expect(out).toMatch(/^3 cells, chosen by plateau on each training window\n/);
    expect(out).toMatch(
      /substrategies\.0\.window: \d values? in 3 folds, (1 step|[\d.]+ steps) of its grid from one to the next/,
    );
  });

  it('searches the ranges of a template in the same way, all cells or some drawn by a seed', async () => {
    const template = ['walk-forward', '--bars', workspace.path('bars.csv'), '--template', 'sma-cross'];
    const ranges = ['--fast', '3:9:3', '--slow', '12:30:6', '--json'];
    const { code, out } = await call(...template, ...ranges, '--fill', 'close');
    expect(code).toBe(0);
    const { folds, summary, accounting, walk_forward } = JSON.parse(out) as Record<string, any>;
    expect(summary).toMatchObject({ cells: 12, by: 'sharpe_ratio' });
    expect(accounting).toMatchObject({ mode: 'all_in', fill: 'close' });
    for (const { params } of folds) expect(params.fast).toBeLessThan(params.slow);
    expect(walk_forward).not.toHaveProperty('best_window');
    const drawn = await call(...template, ...ranges, '--search', 'random', '--samples', '5', '--seed', '7');
    expect(JSON.parse(drawn.out).summary).toMatchObject({
      cells: 5,
      search: { method: 'random', samples: 5, seed: 7 },
    });
  });

  it('chooses among words, and among numbers of a list', async () => {
    const path = 'substrategies.0.signal_func';
    const { code, out, err } = await asked(
      ...['--param', `${path}=momentum_band_signal,reversion_band_signal`, '--folds', '3', '--json'],
    );
    expect([code, err]).toEqual([0, '']);
    const { folds, summary } = JSON.parse(out) as Record<string, any>;
    expect(summary.cells).toBe(6);
    for (const { params, idle_cells } of folds) {
      expect(['momentum_band_signal', 'reversion_band_signal']).toContain(params[path]);
      expect(idle_cells).toBeGreaterThanOrEqual(0);
    }
  });

  it.each([
    [['--param', 'substrategies.0.signal_func=nonsense'], 'signal_func'],
    [['--param', 'substrategies.0.signal_func=true,false'], 'signal_func'],
    [['--param', 'substrategies.0.signal=1,,2'], 'must have a value between its commas'],
    [['--param', 'substrategies.0.signal=1,two'], 'must have values of one kind, was 1,two'],
    [['--param', 'substrategies.0.signal=1,1'], 'must have each value once, has 1 again'],
    [['--param', 'substrategies.0.window=1:2'], 'must be given once, was given again'],
    [['--select', 'trade_count'], '--select must be plateau or a metric of which one value is the better'],
    [['--search', 'random', '--samples', '9'], '--samples must be at most the 3 cells of the grid, was 9'],
    [['--search', 'random'], '--samples is required by --search random'],
    [['--seed', '3'], '--seed has no effect here: only with --search random'],
    [['--template', 'sma-cross'], 'give one of --strategy and --template, both were given'],
    [['--param', 'substrategies.0.nothing=1:2'], 'substrategies.0.nothing must lead to a number'],
    [['--folds', '4000'], 'needs at least'],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await asked(...more);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
