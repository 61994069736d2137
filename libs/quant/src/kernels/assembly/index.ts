export { closeLedger, openLedger } from './ledger';
export { cross } from './cross';
export { hysteresis } from './hysteresis';
