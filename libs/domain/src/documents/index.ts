export { ObjectReader } from './object-reader';
export { refuseRepeated } from './refuse-repeated';
export { withVerdicts } from './with-verdicts';
