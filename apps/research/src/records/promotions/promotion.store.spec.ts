import { itKeepsPromotions } from '../../../test/contracts/promotion-store.contract';
import { PromotionsInMemory } from '../../../test/memory/promotions-in-memory';
import { noConnection } from '../../../test/memory/no-connection';
import { StrategiesInMemory } from '../../../test/memory/strategies-in-memory';

describe('promotions in memory', () =>
  itKeepsPromotions(new PromotionsInMemory(), new StrategiesInMemory(), () => noConnection));
