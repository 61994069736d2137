export { barMarks, changedBars, type BarMarks, type ChangedBars } from './bar-marks';
export { checkBars, type CheckedBars } from './check-bars';
export { checkEvidence, recordFindings, type EvidenceFinding } from './check-evidence';
export { contentTexts, ledgerContents, type Contents } from './contents';
export {
  makeRecord,
  recordWithLook,
  sectionHashes,
  trialMarks,
  type JudgedInputs,
  type JudgedSeries,
  type MadeRecord,
} from './evidence-record';
export { judgingCode } from './judging-code';
export { qualityEvidence, type QualityFindings } from './rejudge';
export { isEd25519, isSignedBy, keyIdOf, newSigningKey, signed, type SigningKeyPair } from './signature';
export { judgementOf, type JudgedBy } from './statements';
export { verifyEvidence, type Verification } from './verify-evidence';
