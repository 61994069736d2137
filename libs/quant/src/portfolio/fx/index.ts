export { convertPanel, isFirstBar, type PanelRates } from './convert-panel';
export { priceParts } from './price-parts';
