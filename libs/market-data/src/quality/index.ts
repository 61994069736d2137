export { qualityReport, type QualityReport } from './quality-report';
export type { QualityCode, QualityFinding } from './finding';
