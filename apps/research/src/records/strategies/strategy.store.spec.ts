import { itKeepsStrategies } from '../../../test/contracts/strategy-store.contract';
import { noConnection } from '../../../test/memory/no-connection';
import { StrategiesInMemory } from '../../../test/memory/strategies-in-memory';

describe('strategies in memory', () => itKeepsStrategies(new StrategiesInMemory(), () => noConnection));
