import { hasMarginAlone, marginNotAlone, pipelineConfigDocument, type PipelineConfigInput } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { orderRules } from '../recipes/recipe-document';
import type { PipelineConfig } from '../recipes/recipe';

/** The settings with the given ones replaced, each top-level field as a whole; null takes what is optional away. @throws DomainError `validation_failed`. */
export function withPipelineConfig(current: PipelineConfig, change: PipelineConfigInput = {}): PipelineConfig {
  const { protection, entry_order, ...given } = pipelineConfigDocument.parse(change);
  const { protection: before, entry_order: ordered, ...rest } = current;
  const config = {
    ...rest,
    ...given,
    ...orderRules({
      protection: (protection === undefined ? before : protection) ?? undefined,
      entry_order: (entry_order === undefined ? ordered : entry_order) ?? undefined,
    }),
  };
  if (!hasMarginAlone(config)) throw invalid([marginNotAlone('pipeline_config', config)]);
  return config;
}
