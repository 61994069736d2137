import type { FeatureContent } from '../features/feature-content';
import { FeatureRevisionEntity } from '../features/feature-revision.entity';
import { FeatureEntity } from '../features/feature.entity';
import type { ModelContent } from '../models/model-content';
import { ModelRevisionEntity } from '../models/model-revision.entity';
import { ModelEntity } from '../models/model.entity';
import type { SignalContent } from '../signals/signal-content';
import { SignalLogicRevisionEntity } from '../signals/signal-logic-revision.entity';
import { SignalLogicEntity } from '../signals/signal-logic.entity';
import { DefinitionStore } from './definition-store';

export const features = new DefinitionStore<FeatureEntity, FeatureContent>({
  kind: 'feature',
  entity: FeatureEntity,
  revisions: FeatureRevisionEntity,
});

export const models = new DefinitionStore<ModelEntity, ModelContent>({
  kind: 'model',
  entity: ModelEntity,
  revisions: ModelRevisionEntity,
  builtIn: true,
});

export const signalLogics = new DefinitionStore<SignalLogicEntity, SignalContent>({
  kind: 'signal logic',
  entity: SignalLogicEntity,
  revisions: SignalLogicRevisionEntity,
});
