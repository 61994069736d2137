export { qualityOf, qualityReport, type QualityReport } from './quality-report';
export { windowsOfSpool } from './bar-windows';
export type { QualityFinding } from './finding';
export { coverageOf, type Coverage } from './coverage';
export { coverageSvg } from './coverage-svg';
