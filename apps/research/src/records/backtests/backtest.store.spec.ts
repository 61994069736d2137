import { itKeepsBacktests } from '../../../test/contracts/backtest-store.contract';
import { BacktestsInMemory } from '../../../test/memory/backtests-in-memory';
import { noConnection } from '../../../test/memory/no-connection';
import { StrategiesInMemory } from '../../../test/memory/strategies-in-memory';

describe('backtests in memory', () =>
  itKeepsBacktests(new BacktestsInMemory(), new StrategiesInMemory(), () => noConnection));
