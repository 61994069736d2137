import type { FeatureDto } from './feature.dto';
import type { FeatureEntity } from './feature.entity';

export const featureView = (f: FeatureEntity): FeatureDto => ({
  id: f.id,
  name: f.name,
  plugin: f.plugin,
  params: f.params,
  revision: f.revision,
  hash: f.hash,
  version: f.version,
  created_at: f.createdAt.toISOString(),
  updated_at: f.updatedAt.toISOString(),
});
