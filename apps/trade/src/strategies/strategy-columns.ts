import type { StrategyDocument } from '@assay/contracts';
import type { StrategyEntity } from '../records/strategies/strategy.entity';

type Repeated = Pick<
  StrategyEntity,
  | 'strategyId'
  | 'name'
  | 'ticker'
  | 'kind'
  | 'conjunction'
  | 'tradingPeriod'
  | 'timeframe'
  | 'configJson'
  | 'artifactSha256'
>;

/** The columns that repeat what the document says, so that SQL can ask for them. */
export function strategyColumns(document: StrategyDocument): Repeated {
  return {
    strategyId: document.strategy_id,
    name: document.name,
    ticker: document.ticker,
    kind: document.kind ?? 'substrategies',
    conjunction: document.kind === 'pipeline' ? null : document.conjunction,
    tradingPeriod: document.trading_period,
    timeframe: document.timeframe ?? '1d',
    configJson: document,
    artifactSha256: document.kind === 'pipeline' ? (document.artifact?.sha256 ?? null) : null,
  };
}
