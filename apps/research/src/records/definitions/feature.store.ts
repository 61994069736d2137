import { Injectable } from '@nestjs/common';
import type { FeatureContent } from '../../recipes/feature-content';
import { DefinitionStore } from './definition.store';
import { FeatureRevisionEntity } from './feature-revision.entity';
import { FeatureEntity } from './feature.entity';

@Injectable()
export class FeatureStore extends DefinitionStore<FeatureEntity, FeatureContent> {
  constructor() {
    super({ kind: 'feature', entity: FeatureEntity, revisions: FeatureRevisionEntity });
  }
}
