export { ACTION_COLUMNS, type ActionColumns } from './column-actions';
export { closedCount } from './closed-bars';
export {
  readImport,
  type ImportOptions,
  type ImportWarning,
  type OutsideSessions,
  type ReadImport,
} from './read-import';
export { PIECE_LIMITS, readImportFile, type PieceLimits, type SpooledImport } from './read-import-file';
