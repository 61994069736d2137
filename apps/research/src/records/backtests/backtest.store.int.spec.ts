import { itKeepsBacktests } from '../../../test/contracts/backtest-store.contract';
import { useResearchDatabase } from '../../../test/research-database';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { StrategyStore } from '../strategies/strategy.store';
import { BacktestStore } from './backtest.store';

describe('backtests in PostgreSQL', () =>
  itKeepsBacktests(new BacktestStore(), new StrategyStore(new ModelArtifactStore()), useResearchDatabase()));
