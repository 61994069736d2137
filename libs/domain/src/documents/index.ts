export { describeValue, isDate, isInstant, isUuid, isZone } from './formats';
export { ObjectReader } from './object-reader';
export { refuseRepeated } from './refuse-repeated';
