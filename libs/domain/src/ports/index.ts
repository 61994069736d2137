export * from './bars';
export * from './broker';
export * from './calendar';
export * from './clock';
export { isBar, RANGE_TOLERANCE } from '@assay/quant';
