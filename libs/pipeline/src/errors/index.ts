export { refusing } from './refusing';
export { refusingInWireNames } from './wire-names';
