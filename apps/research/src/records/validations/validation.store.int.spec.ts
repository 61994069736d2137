import { itKeepsValidations } from '../../../test/contracts/validation-store.contract';
import { useResearchDatabase } from '../../../test/research-database';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { StrategyStore } from '../strategies/strategy.store';
import { ValidationStore } from './validation.store';

describe('validations in PostgreSQL', () =>
  itKeepsValidations(new ValidationStore(), new StrategyStore(new ModelArtifactStore()), useResearchDatabase()));
