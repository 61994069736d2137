import { DAY_MS } from '@assay/primitives';
import { runEngine, simulateOrders, templateTargets, type EngineInput } from '@assay/quant';
import { longCloses } from './data';
import { timesOf } from './measure';
import type { Row } from './rows';

const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };

/** SMA 10/30 over n bars, decided at the close and filled at the next open. */
export function crossInput(n: number): EngineInput {
  const close = longCloses(n);
  return {
    openTimeMs: Float64Array.from(close, (_, i) => i * DAY_MS),
    open: close,
    high: close,
    low: close,
    close,
    targets: templateTargets('sma-cross', close, 10, 30),
    mode: 'all_in',
    fill: 'next_open',
    costs,
  };
}

/** The same decisions as orders, each entry with a stop and a target that live and die with it. */
export function simulateCross({ close, targets }: EngineInput): void {
  const bars = { open: close, high: close, low: close, close };
  simulateOrders([bars], { capital: 100_000, costs }, (context) => {
    const target = targets[context.index];
    const units = context.position();
    const price = close[context.index];
    if (units > 0 && target === 0) context.submit({ side: 'sell', quantity: units, type: 'market', reduceOnly: true });
    else if (units === 0 && target === 1 && context.workingOrders === 0)
      context.submit({
        side: 'buy',
        quantity: (0.9 * context.equity) / price,
        type: 'market',
        bracket: { stopLoss: price * 0.9, takeProfit: price * 1.2 },
      });
  });
}

/** The engines on SMA 10/30 over 100,000 bars. */
export function benchEngines(): Row[] {
  const n = 100_000;
  const input = crossInput(n);
  const row = (what: string, run: () => void): Row => {
    const ms = timesOf(run, 9, 4).median;
    return {
      what: `${what}, SMA 10/30, 100k bars`,
      value: `${(n / ms / 1000).toFixed(1)} M bars/s`,
      ratio: null,
      note: '',
    };
  };
  return [
    row('vectorized engine', () => void runEngine('vectorized', input)),
    row('event engine', () => void runEngine('event', input)),
    row('order engine with brackets', () => simulateCross(input)),
  ];
}
