import type { FeatureContent } from '../../recipes/feature-content';
import { FeatureRevisionEntity } from './feature-revision.entity';
import { FeatureEntity } from './feature.entity';
import type { ModelContent } from '../../recipes/model-content';
import { ModelRevisionEntity } from './model-revision.entity';
import { ModelEntity } from './model.entity';
import type { SignalContent } from '../../recipes/signal-content';
import { SignalLogicRevisionEntity } from './signal-logic-revision.entity';
import { SignalLogicEntity } from './signal-logic.entity';
import { DefinitionStore } from './definition.store';

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
