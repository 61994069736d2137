export { ObjectReader } from './object-reader';
export { refuseRepeated } from './refuse-repeated';
