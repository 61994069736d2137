export { qualityReport, type QualityReport } from './quality-report';
export type { QualityFinding } from './finding';
export { coverageOf, type Coverage } from './coverage';
export { coverageSvg } from './coverage-svg';
