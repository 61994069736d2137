import { refusalOf } from './api';
import type { Demo } from './context';
import { marketFiles } from './market-files';
import { largestDifference } from './largest-difference';
import { must, say, type Verdict } from './phases';
import { randomRuleTrees, type Quantiles } from './random-rules';
import type { CaseRun, GateRow } from './research-case';
import { table } from './table';
import { rotate } from './universe-case';

/** Sessions that stay out of every fit, so that they can be replayed on paper afterwards. */
export const REPLAY_SESSIONS = 250;
const ENGINE_TOLERANCE = 1e-9;
const SEARCH_SEED = 2026;

const all = ({ cases }: Demo): CaseRun[] => Object.values(cases);

export async function researchPhases(demo: Demo): Promise<void> {
  const { runner, research, cases } = demo;

  await runner.run('data', 'Import bars through the data API', async (facts) => {
    const rows = [];
    for (const { origin, ...file } of marketFiles()) {
      const imported = await research.post<{
        bars: number;
        first: string;
        last: string;
        quality: { id: string; errors: number | unknown[]; warnings: { code: string }[] };
      }>('/data/import', { ...file, timeframe: '1d', format: 'csv' });
      const codes = imported.quality.warnings.map((w) => w.code);
      if (codes.length > 0) {
        await research.post(`/data/quality/${imported.quality.id}/acknowledge`, {
          by: 'demo',
          reason: 'public sample data, used for demonstration',
        });
      }
      const { items } = await research.get<{ items: { open_time: string }[] }>(
        `/data/bars?source=${file.source}&symbol=${file.symbol}&timeframe=1d&limit=100000`,
      );
      demo.sessions[file.symbol] = items.map((bar) => bar.open_time.slice(0, 10));
      must(items.length === imported.bars, `${file.symbol}: ${imported.bars} bars imported, ${items.length} read back`);
      rows.push([
        file.symbol,
        imported.bars,
        imported.first.slice(0, 10),
        imported.last.slice(0, 10),
        codes.join(' ') || 'none',
        origin,
      ]);
      facts[file.symbol] = { bars: imported.bars, warnings: codes, synthetic: file.synthetic };
    }
    say(...table(['symbol', 'bars', 'first', 'last', 'quality warnings', 'origin'], rows));
  });

  await runner.run('create', 'Create strategies', async (facts) => {
    for (const run of all(demo)) {
      await run.createStrategy();
      facts[run.spec.key] = run.strategyId;
      say(`${run.spec.title}: ${run.strategyId}`);
    }
  });

  await runner.run('features', 'Define and generate features', async (facts) => {
    for (const run of all(demo)) {
      const { rows, hashes } = await run.createFeatures();
      facts[run.spec.key] = { datasets: hashes.length, rows };
      say(`${run.spec.key}: ${run.spec.features.map((f) => f.name).join(', ')} (${rows} rows)`);
    }
  });

  await runner.run('train', 'Train models on bars before the sessions that will be replayed', async (facts) => {
    for (const run of all(demo)) {
      const sessions = demo.sessions[run.spec.series.symbol];
      const trained = await run.train(sessions[sessions.length - 1 - REPLAY_SESSIONS]);
      facts[run.spec.key] = trained;
      say(
        `${run.spec.key}: ${trained.artifact_sha256 ? `artifact ${String(trained.artifact_sha256).slice(0, 16)}, fitted up to ${String(trained.train_end).slice(0, 10)}` : 'rules alone, nothing to fit'}`,
      );
    }
  });

  await runner.run('signals', 'Attach signal logic; search 430 random rules for the overfit case', async (facts) => {
    for (const run of all(demo)) await run.attachSignalLogic();
    facts.search = await searchForTheBestRule(demo);
  });

  await runner.run('backtest', 'Backtest on both engines', async (facts) => {
    const rows = [];
    for (const run of all(demo)) {
      const vectorized = await run.backtest('vectorized');
      const event = await run.backtest('event');
      const apart = largestDifference(vectorized.metrics, event.metrics);
      must(apart <= ENGINE_TOLERANCE, `${run.spec.key}: the engines differ by ${apart}`);
      const { metrics: m, buy_hold_metrics: b } = vectorized;
      rows.push([
        run.spec.title,
        m.total_return,
        m.sharpe_ratio,
        m.max_drawdown,
        b.sharpe_ratio,
        apart.toExponential(1),
      ]);
      facts[run.spec.key] = { metrics: m, buy_hold_metrics: b, engines_differ_by: apart };
    }
    say(...table(['strategy', 'return', 'Sharpe', 'max drawdown', 'buy & hold Sharpe', 'engines differ'], rows));
  });

  await runner.run('validate', 'Walk-forward and CPCV', async (facts) => {
    const rows = [];
    for (const run of all(demo)) {
      const [walkForward, cpcv] = await Promise.all([run.validate('walk-forward'), run.validate('cpcv')]);
      const wf = walkForward.summary as Record<string, number | null>;
      const cp = cpcv.summary as Record<string, number | null>;
      rows.push([run.spec.title, wf.mean_is_sharpe, wf.mean_oos_sharpe, wf.overfitting_ratio, cp.mean_oos_sharpe]);
      facts[run.spec.key] = { walk_forward: wf, cpcv: cp };
    }
    say(...table(['strategy', 'IS Sharpe', 'OOS Sharpe', 'overfitting', 'CPCV Sharpe'], rows));
  });

  await runner.run('gates', 'Gates: the honest answer', async (facts) => {
    for (const run of all(demo)) {
      const { gates, validated_under: under } = await run.readGates();
      facts[run.spec.key] = { validated_under: under, default: gates.default };
      say(`${run.spec.title}: ${under.length > 0 ? `passes ${under.join(', ')}` : 'passes no policy'}`);
      say(gates.default.words);
      say(...table(['gate', 'passed', 'value', 'threshold', 'in words'], gates.default.gates.map(gateCells)), '');
    }
  });

  if (!demo.isShort) {
    await runner.run('universe', 'A rotation of twelve made-up symbols out of one capital', async (facts) => {
      demo.universe = await rotate(demo, facts);
    });
  }

  await runner.run('promote', 'Promote what passed; see the rest refused', async (facts) => {
    for (const run of all(demo)) {
      for (const policy of ['default', 'exploratory']) {
        const verdict = await tryToPromote(run, policy, run === cases.overfit);
        if (!verdict) continue;
        demo.verdicts.push(verdict);
        facts[`${run.spec.key} ${policy}`] = verdict;
        say(`${run.spec.key} under ${policy}: ${verdict.passed ? 'PROMOTED' : `refused: ${verdict.why.join(' ')}`}`);
        if (verdict.passed) break;
      }
    }
  });
}

const gateCells = (g: GateRow): (string | number | boolean | null)[] => [
  g.informational ? `(${g.gate})` : g.gate,
  g.passed === null ? 'n/a' : g.passed,
  g.value,
  g.threshold,
  g.words.length > 70 ? `${g.words.slice(0, 69)}…` : g.words,
];

/** The overfit case is shown refused under `default`; it is never put on paper. */
async function tryToPromote(run: CaseRun, policy: string, defaultOnly: boolean): Promise<Verdict | null> {
  if (defaultOnly && policy !== 'default') return null;
  const passes = run.validation?.validated_under.includes(policy) ?? false;
  if (passes) {
    await run.promote(policy);
    return { case: run.spec.key, policy, passed: true, why: [] };
  }
  const refusal = await refusalOf(run.promote(policy));
  must(refusal.status === 409, `a refused promotion must answer 409, answered ${refusal.status}`);
  const failed = run.validation?.gates[policy]?.gates.filter((g) => g.passed === false && !g.informational) ?? [];
  return { case: run.spec.key, policy, passed: false, why: failed.map((g) => g.words) };
}

async function searchForTheBestRule(demo: Demo): Promise<Record<string, unknown>> {
  const run = demo.cases.overfit;
  const quantiles: Quantiles = {};
  for (const [i, id] of run.featureIds.entries()) {
    const { summary } = await demo.research.job<{ summary: { quantiles: Record<string, number> } }>(
      `/features/${id}/generate`,
      { ...run.spec.series, timeframe: '1d' },
    );
    quantiles[run.spec.features[i].name] = Object.entries(summary.quantiles)
      .filter(([q]) => Number(q) >= 0.2 && Number(q) <= 0.8)
      .map(([, value]) => value);
  }
  const trees = randomRuleTrees(quantiles, SEARCH_SEED);
  const search = await demo.research.job<{ cells: number; best: { index: number; sharpe: number } }>(
    '/backtests/sweep',
    {
      strategy_id: run.strategyId,
      candidates: trees.map((tree) => ({ rule_tree: tree })),
    },
  );
  must(search.cells === trees.length, `${trees.length} rules sent, ${search.cells} tried`);
  await run.attachSignalLogic(trees[search.best.index]);
  say(`${search.cells} rules tried; the best looks good: Sharpe ${search.best.sharpe.toFixed(2)}`);
  return { cells: search.cells, best_sharpe: search.best.sharpe };
}
