import { definitionView } from '../definitions/definition-view';
import type { FeatureDto } from './feature.response';
import type { FeatureEntity } from '../records/definitions/feature.entity';

export const featureView = (f: FeatureEntity): FeatureDto => ({
  ...definitionView(f),
  plugin: f.plugin,
  params: f.params,
});
