import type { Demo } from './context';
import { equityPlot } from './plot';
import { say } from './phases';
import { table } from './table';

/** The end of the demo: what was asked, what came out, and one picture. */
export async function showSummary(demo: Demo): Promise<void> {
  await demo.runner.run('summary', 'Summary', async () => {
    const rows = Object.values(demo.cases).map((run) => {
      const { metrics: m, buy_hold_metrics: b } = run.backtests.vectorized;
      const verdicts = demo.verdicts.filter((v) => v.case === run.spec.key);
      const answer = verdicts.find((v) => v.passed);
      return [
        run.spec.title,
        m.sharpe_ratio,
        b.sharpe_ratio,
        m.max_drawdown,
        answer ? `promoted under ${answer.policy}` : 'refused',
        verdicts.find((v) => v.policy === 'default' && !v.passed)?.why[0].split(';')[0] ??
          'every gate of default passed',
      ];
    });
    say(...table(['strategy', 'Sharpe', 'buy & hold', 'max drawdown', 'verdict', 'decided by'], rows), '');
    const { sp500 } = demo.cases;
    const curve = await demo.research.get<{ items: { date: string; equity: number; buy_hold: number }[] }>(
      `/backtests/${sp500.backtests.vectorized.id}/equity-curve`,
    );
    say(
      ...equityPlot(
        sp500.spec.title,
        curve.items.map((point) => point.date.slice(0, 10)),
        curve.items.map((point) => point.equity),
        curve.items.map((point) => point.buy_hold),
      ),
    );
  });
}
