import type { Conjunction, SubstrategiesDocument } from '@assay/contracts';
import { combineAnd, combineFilter, combineOr, signalFunctions } from '@assay/quant';
import { resolveSubstrategies } from '../strategy';
import { substrategiesLogic } from './logic';

const combine: Record<Conjunction, (signals: number[]) => number> = {
  AND: combineAnd,
  OR: combineOr,
  FILTER: combineFilter,
};

const documentOf = (conjunction: Conjunction): SubstrategiesDocument => ({
  strategy_id: '018f0000-0000-7000-8000-000000000001',
  name: 'one',
  version: 1,
  ticker: 'TEST',
  trading_period: 252,
  conjunction,
  substrategies: [
    { id: 1, indicator: 'get_rsi', signal_func: 'momentum_bounded_signal', window: 3, signal: 60, data_column: 'v' },
  ],
});

describe.each(['AND', 'OR', 'FILTER'] as const)('a single substrategy under %s', (conjunction) => {
  const document = documentOf(conjunction);
  const [resolved] = resolveSubstrategies(document.substrategies).resolved;

  it.each([...signalFunctions])('says what the conjunction makes of %s, to the bit', (signalFunction, signal) => {
    const heard = new Set<number>();
    for (const threshold of [-1, 0, 0.5, 60])
      for (const x of [NaN, -Infinity, -70, -0.5, -0, 0, 0.5, 0.7, 39, 40, 60, 61, Infinity]) {
        const { say } = substrategiesLogic(document, [{ ...resolved, signalFunction, threshold }]);
        const said = say(Float64Array.of(x), Float64Array.of(NaN));
        expect(said).toBe(combine[conjunction]([signal(x, threshold, resolved.scale)]));
        heard.add(said);
      }
    expect(heard.size).toBe(signalFunction.endsWith('long_only') ? 3 : 4);
  });
});
