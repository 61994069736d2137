export { closedCount } from './closed-bars';
export { readImport, type ImportOptions, type ImportWarning, type ReadImport } from './read-import';
