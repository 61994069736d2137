import { pipelineConfigDocument, type PipelineConfigInput } from '@assay/contracts';
import type { PipelineConfig } from '../recipes/recipe';

/** The settings with the given ones replaced, each top-level field as a whole. @throws DomainError `validation_failed`. */
export function withPipelineConfig(current: PipelineConfig, change: PipelineConfigInput = {}): PipelineConfig {
  return { ...current, ...pipelineConfigDocument.parse(change) };
}
