import { NO_CONNECTION, StrategiesInMemory } from '../../../test/strategies-in-memory';
import { itKeepsStrategies } from '../../../test/strategy-store-contract';

describe('strategies in memory', () => {
  const store = new StrategiesInMemory();
  itKeepsStrategies(() => ({ store, em: NO_CONNECTION, transaction: (body) => body(NO_CONNECTION) }));
});
