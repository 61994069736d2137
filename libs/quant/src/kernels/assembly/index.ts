export { closeLedger, openLedger } from './ledger';
export { cross } from './cross';
export { hysteresis } from './hysteresis';
export { openProtected } from './protected';
export { protectedCross, protectedHysteresis } from './protected-templates';
