export { absencesOf, type Absence } from './absences';
export { evaluateUniverse, type UniverseEvaluation } from './evaluate-universe';
export { buildPanel, panelTimes, type UniversePanel } from './panel';
export { Membership, sortedMembers } from './membership';
export {
  isUniverse,
  parseUniverseDocument,
  type ParsedUniverse,
  type ParseUniverseOptions,
} from './parse-universe-document';
export { createStreamingUniverse, type StreamingUniverse, type UniverseDecision } from './streaming-universe';
export { universeLookback, type UniverseParts } from './universe-parts';
