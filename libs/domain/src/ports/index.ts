export * from './bars';
export * from './calendar';
export * from './clock';
export * from './market-data-source';
export * from './venue';
export { isBar, RANGE_TOLERANCE } from '@assay/quant';
