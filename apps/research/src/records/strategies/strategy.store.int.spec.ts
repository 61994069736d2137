import { itKeepsStrategies } from '../../../test/contracts/strategy-store.contract';
import { useResearchDatabase } from '../../../test/research-database';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { StrategyStore } from './strategy.store';

describe('strategies in PostgreSQL', () =>
  itKeepsStrategies(new StrategyStore(new ModelArtifactStore()), useResearchDatabase()));
