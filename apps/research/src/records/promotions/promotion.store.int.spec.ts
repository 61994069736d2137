import { itKeepsPromotions } from '../../../test/contracts/promotion-store.contract';
import { useResearchDatabase } from '../../../test/research-database';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { StrategyStore } from '../strategies/strategy.store';
import { PromotionStore } from './promotion.store';

describe('promotions in PostgreSQL', () =>
  itKeepsPromotions(new PromotionStore(), new StrategyStore(new ModelArtifactStore()), useResearchDatabase()));
