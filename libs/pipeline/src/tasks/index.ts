export { PipelinePool } from './pipeline-pool';
export {
  featuresOf,
  importModelOf,
  fitModelOf,
  neverFiresOn,
  pipelineTasks,
  type EvidenceRecordTask,
  type FeaturesResult,
  type FeaturesTask,
  type FitModelTask,
  type PipelineTaskName,
  type PipelineTasks,
  type SweepTemplateTask,
  type UniverseRun,
  type WarmUpResult,
  type WarmUpTask,
  warmUpOf,
} from './pipeline-tasks';
